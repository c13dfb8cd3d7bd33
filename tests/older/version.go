package older

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/rabta/rabta/graph"
)

// Names of the files of a version. Questions and history are written by people.
const (
	QuestionsFile = "questions.txtar"
	HistoryFile   = "history.txtar"
	AnswersFile   = "answers.ndjson.gz"
	StoreFile     = "rabta.db.gz"
	HeadFile      = "rabta.db-head"
	BackupFile    = "rabta.backup"
	ClaimsFile    = "claims.ndjson.gz"
	DumpFile      = "neo4j.ndjson.gz"
)

// Worlds say what was asked: the store as it was written, or an empty one into which the
// exported claims were imported.
const (
	WorldStore = "store"
	WorldCopy  = "copy"
)

// Version is what one version of the program wrote and answered.
type Version struct {
	// Name is that of the folder, such as "v1".
	Name      string
	Questions []Question
	folder    string
	answers   map[asked]json.RawMessage
	texts     map[graph.Marking]texts // once they are asked for
	numbers   []graph.Numbers         // of the commits, once they are asked for
}

// asked is one question to one world by one reader.
type asked struct {
	world, question string
	clearance       graph.Marking
}

// keptAnswer is a line of the file of answers: readers who were answered alike share one.
type keptAnswer struct {
	World      string          `json:"world"`
	Question   string          `json:"question"`
	Clearances []graph.Marking `json:"clearances"`
	Answer     json.RawMessage `json:"answer"`
}

// Open reads the questions and answers in a version's folder.
func Open(folder string) (*Version, error) {
	v := &Version{
		Name: filepath.Base(folder), folder: folder,
		answers: map[asked]json.RawMessage{}, texts: map[graph.Marking]texts{},
	}
	var err error
	if v.Questions, err = readQuestions(v.Path(QuestionsFile)); err != nil {
		return nil, err
	}
	err = v.Lines(AnswersFile, func(line []byte) error {
		var k keptAnswer
		if err := json.Unmarshal(line, &k); err != nil {
			return err
		}
		for _, c := range k.Clearances {
			v.answers[asked{k.World, k.Question, c}] = k.Answer
		}
		return nil
	})
	return v, err
}

// Path is where a file of the version lies.
func (v *Version) Path(name string) string { return filepath.Join(v.folder, name) }

// Unpacked is what a packed file of the version holds.
func (v *Version) Unpacked(name string) ([]byte, error) {
	f, err := os.Open(v.Path(name))
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	packed, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", v.Path(name), err)
	}
	return io.ReadAll(packed)
}

// Unpack makes a copy of the SQLite file, and of what lies beside it.
func (v *Version) Unpack(file string) error {
	text, err := v.Unpacked(StoreFile)
	if err == nil {
		err = os.WriteFile(file, text, 0o600)
	}
	if err != nil {
		return err
	}
	head, err := os.ReadFile(v.Path(HeadFile))
	if err != nil {
		return err
	}
	return os.WriteFile(file+"-head", head, 0o600)
}

// Lines gives the lines of a packed file one after another.
func (v *Version) Lines(name string, line func([]byte) error) error {
	text, err := v.Unpacked(name)
	if err != nil {
		return err
	}
	for n, at := range linesOf(text) {
		if err := line(at); err != nil {
			return fmt.Errorf("%s:%d: %w", v.Path(name), n+1, err)
		}
	}
	return nil
}

// kept is what was answered; false when it was not asked.
func (v *Version) kept(world string, q *Question, c graph.Marking) (json.RawMessage, bool) {
	answer, ok := v.answers[asked{world, q.Name, c}]
	return answer, ok
}

// Folders are those of the versions below a folder, in the order of their names.
func Folders(below string) ([]string, error) {
	all, err := filepath.Glob(filepath.Join(below, "v*", AnswersFile))
	for i, file := range all {
		all[i] = filepath.Dir(file)
	}
	slices.Sort(all)
	return all, err
}
