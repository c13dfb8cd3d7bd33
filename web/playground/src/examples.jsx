import { useEffect, useState } from 'react';
import { Kind, parse } from 'graphql';
import { useGraphiQL, useGraphiQLActions, pick } from '@graphiql/react';

let loading;

// loadExamples fetches the list once; a failed attempt may be repeated.
function loadExamples() {
  loading ??= fetch('./examples.json').then((answer) => {
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    return answer.json();
  });
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

// inGroups keeps the order of the list: a group stands where its first example does.
function inGroups(examples) {
  const groups = new Map();
  for (const example of examples) {
    const name = example.group || 'More';
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(example);
  }
  return [...groups];
}

function matches(example, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const hay = `${example.title} ${example.description} ${example.group} ${example.name}`.toLowerCase();
  return words.every((word) => hay.includes(word));
}

// asText is what the variables editor shows: nothing when there are none.
function asText(variables) {
  const some = variables && Object.keys(variables).length > 0;
  return some ? JSON.stringify(variables, null, 2) : '';
}

// facts is what the editor learns from a query a moment after it changed. An
// example is run sooner than that, so its facts are set at once.
function facts(query) {
  const documentAST = parse(query);
  const operations = documentAST.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return { documentAST, operations, operationName: operations[0]?.name?.value };
}

// useOpen returns a function that puts an example into a tab of its own, ready to run.
function useOpen() {
  const { addTab, setOperationFacts, updateActiveTabValues } = useGraphiQLActions();
  const { queryEditor, variableEditor } = useGraphiQL(pick('queryEditor', 'variableEditor'));
  return ({ query, variables }) => {
    const known = facts(query);
    const text = asText(variables);
    addTab();
    variableEditor?.setValue(text);
    queryEditor?.setValue(query);
    setOperationFacts(known);
    updateActiveTabValues({ query, variables: text, operationName: known.operationName ?? null });
    queryEditor?.focus();
  };
}

function Group({ name, examples, open }) {
  return (
    <section className="examples-group">
      <h3 dir="auto">{name}</h3>
      <ul>
        {examples.map((example) => (
          <li key={example.name}>
            <button type="button" data-example={example.name} onClick={() => open(example)}>
              <strong dir="auto">{example.title}</strong>
              {example.description && <span dir="auto">{example.description}</span>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function List({ examples }) {
  const [text, setText] = useState('');
  const open = useOpen();
  const shown = examples.filter((example) => matches(example, text));
  return (
    <>
      <input
        type="search"
        className="examples-filter"
        placeholder="Filter examples"
        aria-label="Filter examples"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {shown.length === 0 && <p className="examples-hint">No example matches.</p>}
      {inGroups(shown).map(([name, group]) => (
        <Group key={name} name={name} examples={group} open={open} />
      ))}
    </>
  );
}

function Examples() {
  const [state, setState] = useState({});
  useEffect(() => {
    let here = true;
    loadExamples().then(
      (examples) => here && setState({ examples }),
      (error) => here && setState({ error }),
    );
    return () => {
      here = false;
    };
  }, []);
  return (
    <section className="examples" aria-label="Examples">
      <h2>Examples</h2>
      <p className="examples-hint">A click opens one in a new tab; Ctrl+Enter runs it.</p>
      {state.error && (
        <p className="examples-hint" role="alert">
          The examples could not be loaded: {state.error.message}. Reload the page to try again.
        </p>
      )}
      {state.examples && <List examples={state.examples} />}
    </section>
  );
}

function Icon() {
  return (
    <svg viewBox="0 0 24 24" height="1em" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true">
      <path d="M4 4.5h6a2 2 0 0 1 2 2v13a2.4 2.4 0 0 0-2-1H4zM20 4.5h-6a2 2 0 0 0-2 2v13a2.4 2.4 0 0 1 2-1h6z" strokeLinejoin="round" />
    </svg>
  );
}

// EXAMPLES_PLUGIN is the sidebar list of ready queries.
export const EXAMPLES_PLUGIN = { title: 'Examples', icon: Icon, content: Examples };
