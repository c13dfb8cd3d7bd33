import { useEffect } from 'react';
import { useGraphiQL, pick } from '@graphiql/react';

// The font families stand in style.css; the editor wants them as one string.
const OPTIONS = {
  fontFamily: 'var(--rabta-mono)',
  fontSize: 14,
  lineHeight: 23,
  wordWrap: 'on',
  wrappingIndent: 'indent',
  // Arabic letters are not look-alikes of Latin ones, and joiners belong in names.
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false },
};

// EditorOptions sets what GraphiQL leaves no property for, on all four editors.
export function EditorOptions() {
  const editors = useGraphiQL(pick('queryEditor', 'variableEditor', 'headerEditor', 'responseEditor'));
  const { queryEditor, variableEditor, headerEditor, responseEditor } = editors;
  useEffect(() => {
    for (const editor of [queryEditor, variableEditor, headerEditor, responseEditor]) {
      editor?.updateOptions(OPTIONS);
    }
  }, [queryEditor, variableEditor, headerEditor, responseEditor]);
  return null;
}
