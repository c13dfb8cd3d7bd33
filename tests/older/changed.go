package older

import (
	"regexp"
	"strings"
)

// changed are the differences that are meant. Each admits something, or the test fails:
// one that admits nothing hides the next mistake.
var changed = []Change{
	{"v1", "record-*of-hidden*", "body.data.record.*", hiddenIsUnknown},
	{"v1", "record-other-content", "body.data.record.*", "ids of batches written before there were clearances are those of writers who see all"},
	{"v1", "record-id-of-stricter", "body.data.record.*", "an id is that of writers of one clearance: another's says nothing"},
	{"v1", "then-revision*", "body.data.revision.recordedAt", "a commit of which the reader sees nothing is not there, nor is its time"},
	{"v1", "*", "*.implicative", hasBearing},
	{"v1", "*", "body.errors[*].locations[*", "the question is laid out anew where it is asked in the words of now"},
	{"v1", "export-*", "columns[bearing]", hasBearing},
	{"v1", "export-*", "columns[implicative]", hasBearing},
	{"v1", "export-*", "body*.bearing", hasBearing},
	{"v1", "*", "body.data.*excluded*", hasBearing + ", and what is left out is counted by it"},
	{"v1", "*", "body.data.*.deniedBy*", eachItsOwn},
	{"v1", "*", "body.data.*.deniedIncidents*", eachItsOwn},
	{"v1", "*", "body.data.*.leaders*", eachItsOwn},
	{"v1", "two-mode", "body.data.twoMode.*", joinsDoers},
	{"v1", "example-32-shared-incidents", "body.data.twoMode.*", joinsDoers},
	{"v1", "example-37-ties-between", "body.data.joined.*", joinsDoers},
	{"v1", "predict *", "body.data.predictLinks*", "nobody who was harmed is predicted a tie with one who did it, through the harm"},
	{"v1", "example-27-predicted-links", "body.data.predictLinks*", "a neighbour speaks for a tie where both may have been joined to it on one day"},
	{"v1", "dyad", "body.data.*.years*", "an incident is joint when both claimed it, and not when others say that both did it"},
	{"v1", "*", "*.cursor", "the cursors of lists by commit hold the reader's numbers"},
	{"v1", "record-again*", "body.data.record*", hiddenIsUnknown + "; what was open when it was recorded is not open now"},
	{"v1", "record-retracted-without-reassert", "body.data.record*", hiddenIsUnknown + "; the claim is about somebody hidden"},
	{"v1", "*", "body.data.*.name", laterPrimary},
	{"v1", "*", "body.data.*names[*", withdrawnName + "; " + laterPrimary},
	{"v1", "*", "body.data.*.nodes (order)", laterPrimary},
	{"v1", "example-*", "body.data.*[*Brigade*]", laterPrimary},
	{"v1", "export-*", "body[*].*name", laterPrimary},
	{"v1", "export-*", "body[*].names*", withdrawnName},
	{"v1", "export-07", "*", withdrawnName},
	{"v1", "export-09", "*", withdrawnName},
	{"v1", "reconcile-*", "body*", withdrawnName},
	{"v1", "search-tasslo", "body.data.search.nodes*", withdrawnName},
	{"v1", "*", "body.data.*names (order)", recordedFirst},
	{"v1", "*", "body*[islamic-movement-of-uzbekistan].description", saysAll},
	{"v1", "*", "body*[lashkar-e-islam].description", saysAll},
	{"v1", "*", "body*[*stone-movement].*description", recordedFirst},
	{"v1", "export-*", "body (order)", recordedFirst},
	{"v1", "*words-in-texts", "body.data.searchText.nodes[*].score", saysAll + ", and words are weighed by how many have them"},
	{"v1", "text-invented", "body.data.searchText.*", saysAll + "; what each of those says that are the same is searched"},
	{"v1", "impact *", "body.data.sourceImpact.gained*", onceMerged},
	{"v1", "impact *", "body.data.sourceImpact.lost*", onceMerged},
	{"v1", "impact *", "body.data.sourceImpact.changed*", onceMerged},
	{"v1", "impact *", "body.data.sourceImpact.moved[ *]", onceMerged},
	{"v1", "measure-of", "body.data.measure.rows[river-brigade].bySource[*", onceMerged},
	{"v1", "layers", "body.data.layers.rows[ brigade-of-the-river]", recordedFirst + "; the page ends among equal ones"},
	{"v1", "layers", "body.data.layers.rows[ halvo-drenn]", recordedFirst + "; the page ends among equal ones"},
	{"v1", "paths-to", "body.data.pathsTo.paths (order)", recordedFirst},
	{"v1", "paths-to", "body.data.pathsTo.paths[* azm-front azm-front velm-harbour-2012 velm-harbour-2012 port-velm]", recordedFirst + "; the page ends among equal ones"},
	{"v1", "*structure", "body.data.structure.blocks[*].members (order)", recordedFirst},
	{"v1", "group north-circle", "body.data.group.description", recordedFirst},
	{"v1", "*", "body.data.*external (order)", "ids that others know it by come best first, of equal ones the later record"},
	{"v1", "*", "body.data.searchText.*.claim", "a description has the claim that gives it beside it"},
	{"v1", "group stone-movement", "body.data.group.description", recordedFirst},
	{"v1", "entity north-circle", "body.data.entity.description", recordedFirst},
	{"v1", "impact *", "body.data.sourceImpact.moved (order)", recordedFirst},
	{"v1", "groups-invented", "body.data.groups.edges (order)", recordedFirst},
	{"v1", "layers", "body.data.layers.rows (order)", recordedFirst},
	{"v1", "paths", "body.data.paths.paths[*].prose", recordedFirst},
	{"v1", "text-harbour", "body.data.searchText.*", wordsOfClaims},
	{"v1", "*words-in-texts", "body.data.searchText.totalCount", wordsOfClaims},
	{"v1", "text-*", "body.data.searchText.nodes[*].score", saysAll + ", and words are weighed by how many have them"},
	{"v1", "entities-page*", "body.data.entities.edges[*", recordedFirst + "; it was recorded on another page, and others take its place"},
	{"v1", "entities-page*", "body.data.entities.pageInfo.endCursor", recordedFirst},
	{"v1", "diff", "body.data.diff.added*", onceMerged},
	{"v1", "diff", "body.data.diff.changed*", onceMerged},
	{"v1", "diff", "body.data.diff.removed*", onceMerged},
	{"v1", "*", "body*.disputed", outweighed},
	{"v1", "*", "body*.status", outweighed},
	{"v1", "*", "body.data.*contradictedBy[*", outweighed},
	{"v1", "duplicates*", "body.data.possibleDuplicates.*", keptApart},
	{"v1", "export-*", "body[*].contested", outweighed},
	{"v1", "export-*", "columns[contested]", outweighed},
	{"v1", "export-*", "body[*].contradicted_by", besideValues},
	{"v1", "export-*", "columns[contradicted_by]", besideValues},
	{"v1", "export-*", "body[*].direction", besideValues},
	{"v1", "export-*", "columns[direction]", besideValues},
	{"v1", "export-*", "body[*].*_grade", besideValues},
	{"v1", "export-*", "columns[*_grade]", besideValues},
	{"v1", "export-*", "body[*].held", besideValues},
	{"v1", "export-*", "columns[held]", besideValues},
	{"v1", "export-*", "body[*].interrupted", besideValues},
	{"v1", "export-*", "columns[interrupted]", besideValues},
	{"v1", "export-*", "body[*].outside_life", besideValues},
	{"v1", "export-*", "columns[outside_life]", besideValues},
	{"v1", "export-*", "body[*].strength", besideValues},
	{"v1", "export-*", "columns[strength]", besideValues},
	{"v1", "export-*", "body[*].sources", besideValues},
	{"v1", "export-*", "columns[sources]", besideValues},
	{"v1", "export-*", "body[*].times", besideValues},
	{"v1", "export-*", "columns[times]", besideValues},
	{"v1", "export-*", "body[*].degrees", isToOther},
	{"v1", "export-*", "columns[degrees]", isToOther},
	{"v1", "export-*", "body[*].source_is", isToOther},
	{"v1", "export-*", "columns[source_is]", isToOther},
	{"v1", "export-*", "columns[amounts]", besideValues},
	{"v1", "export-*", "columns[combined]", "links.csv says of two views which have a link"},
	{"v1", "export-*", "columns[sentences]", besideValues},
	{"v1", "links-d*", "body.data.links.*", outweighed},
	{"v1", "lens-undisputed", "body.data.groups.nodes[*].links.*", outweighed},
	{"v1", "example-13-*", "body.data.sourceImpact.changed[*", outweighed},
	{"v1", "*", "body*.role", roleOfAll},
	{"v1", "*", "body*nobodyClaimed*", whoClaimed},
	{"v1", "export-*", "body[*].nobody_claimed", whoClaimed},
	{"v1", "export-*", "body[*].claimed", whoClaimed},
	{"v1", "export-*", "body[*].casualties", roleOfAll + "; " + bestGiven + "; " + tollsOfTimes},
	{"v1", "export-*", "columns[*claimed*]", whoClaimed},
	{"v1", "export-*", "body[*].claimed_stated", whoClaimed},
	{"v1", "export-*", "columns[tolls]", tollsOfTimes},
	{"v1", "export-*", "body[*].tolls", tollsOfTimes},
	{"v1", "*", "body*casualties[*].best", bestGiven},
	{"v1", "incidents-killed", "body.data.incidents.*", "of a toll without a best figure the least one is compared"},
	{"v1", "*timeline*", "body.data.timeline*", timelines + "; " + namedYears + "; " + held},
	{"v1", "place*", "body.data.place.incidents*", happened},
	{"v1", "shortest *", "body.data.shortestPath.prose", outweighed + "; " + held},
	{"v1", "*", "*.prose", whoSpeaks},
	{"v1", "export-01", "*", oneSpeaker},
	{"v1", "export-*", "body[*].speakers", whoSpeaks},
	{"v1", "export-*", "columns[speakers]", whoSpeaks},
	{"v1", "export-*", "body[*].independent_sources", oneSpeaker},
	{"v1", "links-independent", "body.data.links.*", oneSpeaker},
	{"v1", "example-34-corroborated", "body.data.links.totalCount", oneSpeaker},
	{"v1", "*", "body*.earliest", aboutThen},
	{"v1", "*", "body*.latest", aboutThen + "; " + withinLives},
	{"v1", "export-*", "body[*].*_earliest", aboutThen + "; " + held + "; " + withinLives},
	{"v1", "export-*", "body[*].*_latest", aboutThen + "; " + held + "; " + withinLives},
	{"v1", "export-*", "body[*].valid_from", withinLives + "; " + held},
	{"v1", "export-*", "body[*].valid_to", withinLives + "; " + held},
	{"v1", "*", "body*.validTo*", held + "; " + withinLives},
	{"v1", "*", "body*.validFrom.edtf", withinLives},
	{"v1", "lens-certain", "body.data.groups.nodes[*].links*", aboutThen},
	{"v1", "impact *", "body.data.sourceImpact.weakened[*].what[*]", held},
	{"v1", "incident mastung-bombing-2023-09-29", "body.data.incident.attributes[*", aboutThen + "; of equals that of the later publication comes first"},
	{"v1", "*", "body.errors", unknownIsTold},
	{"v1", "duplicates-of *", "body.errors*", unknownIsTold},
	{"v1", "export-12", "body.errors*", moreKinds},
	{"v1", "then-sources*", "body.data.sources.nodes[*]", aboutThen + "; they are in the order of publication"},
}

const (
	aboutThen   = "a date that is about then may mean a unit of its last part more on each side"
	held        = "a claim that gives no start or no end takes none from those that do"
	withinLives = "a link holds only while its ends live"
	namedYears  = "a year is told only where a claim names it"
)

// isToOther is why a column of kinship has another name.
const isToOther = "a degree of kinship is told as what the one that a link starts from is to the other"

const (
	withdrawnName = "a name that was met in a source which is withdrawn is none, and one met in a source that a lens leaves out is none under it"
	laterPrimary  = "of two primary names of entities that are the same the one that a later commit recorded is shown"
)

const (
	recordedFirst = "of entities that are the same the one that was recorded first stands for all: it gives the id, by which equal ones are ordered, and the description, and its names come first"
	onceMerged    = "when two become one, the id that goes, with the ids of its links, is that of the one that was recorded later"
	saysAll       = "an entity that is the same as others and has no description has that of another"
)

const outweighed = "a link is disputed where all that affirms it is outweighed, not where anything stands against it; that is contested, and stays where nothing disputed is asked for"
const (
	roleOfAll    = "what records hold as UNKNOWN is a total as stated, and the word for it is ALL"
	bestGiven    = "the best figure is that of the best claim that gives one"
	tollsOfTimes = "figures of a place are told apart by the time that they are of"
	whoClaimed   = "claimed says whether somebody or nobody claimed an incident, for which nobodyClaimed told one of three answers"
	timelines    = "those killed are added up by what an actor claimed, and what others attribute to it; what it only denied or condemned is in no row"
	happened     = "what happened in a place happened in those around it too, and what was traced there did not happen there"
)

const wordsOfClaims = "words are found in what claims say, and not in their excerpts alone"

const keptApart = "two that claims say are the same and others keep apart are listed among possible duplicates, with both sides"

const besideValues = "tables say of each value how it is graded, who says so, where and of when, and of each link what stands against it, whether it has a direction and when it held"

const (
	hasBearing = "a link has a bearing, which says more than whether it may be evidence of conduct"
	joinsDoers = "an incident joins no group that did it with one that condemned or denied it"
	eachItsOwn = "who denied and who condemned, and who leads, founded and speaks, are lists of their own"
	whoSpeaks  = "prose names who speaks and who denies, and tells by its own account only what its subject says of itself"
	oneSpeaker = "what one speaker says in two sources comes from one"
)

const unknownIsTold = "an id that nobody knows is an error beside the null, which says what is near that the reader sees"

const (
	moreKinds  = "there are more kinds of links"
	degreeTold = "prose tells a degree of kinship as what one is to the other"
)

const hiddenIsUnknown = "what a writer may not see is to it what nobody knows"

const rowsWithout = "how many lines a file has without the sources of such names"

// worded are texts that the program itself words anew, such as messages of errors. A text
// that holds what the kept answers showed to stricter readers alone is never one of them.
var worded = []Wording{
	{"source_is", "the heading of a column"},
	{"20*-*-*T*:*:*Z", "when the answer's own commit was recorded, which others then name as the last"},
	{"no * has the id \"*\"", "what the writer asked for, and may not see"},
	{"As recorded", "the title of the source of what an entity's line says"},
	{"Azm Front;AZF;ازم محاذ;Front of Azm", withdrawnName},
	{"<p dir=\"auto\">Also: <bdi>Azm Front</bdi>; <bdi>AZF</bdi>; <bdi>ازم محاذ</bdi></p>", withdrawnName},
	{"\"orvin\" and \"orwin\" have the same consonants (1.00).", withdrawnName},
	{"14", rowsWithout},
	{"18", rowsWithout},
	{"23", rowsWithout},
	{"325", rowsWithout},
	{"329", rowsWithout},
	{"333", rowsWithout},
	{"341", rowsWithout},
	{"l_3l2gibtu7wxz6hxgmscg7utg5y", "a link of Brigade of the River before it was one with River Brigade"},
	{"Junto Bekarri was * an ally of River Brigade (from 201*", recordedFirst},
	{"<p dir=\"auto\">An invented movement, as the note tells it.</p>", recordedFirst},
	{"<p dir=\"auto\">Also: <bdi>Stone Movement</bdi>; <bdi>Movement of the Quarry</bdi>; <bdi>Circle of Nine</bdi></p>", recordedFirst},
	{"Merad Quill belongs or belonged to Front of Azm (from 2010~).[1] Front of Azm is an ally of North Circle.[2]*", outweighed},
	{"*ALL:*:*", roleOfAll},
	{"KILLED:*:*", "a total of figures that are told beside it"},
	{"WOUNDED:*:*", "a total of figures that are told beside it"},
	{"claimed_stated", whoClaimed},
	{"c_*", besideValues},
	{"contradicted_by", besideValues},
	{"*_grade", besideValues},
	{"STATED:*", besideValues},
	{"OFFICIAL:*", besideValues},
	{"REPORTED:*", besideValues},
	{"POSSIBLE:*", besideValues},
	{"CLAIMED_BY_ACTOR:*", besideValues},
	{"CONFIRMED:*", besideValues},
	{"outside_life", besideValues},
	{"times", besideValues},
	{"A link tells of both as two: NOT_SAME_AS.", keptApart},
	{"linked", keptApart},
	{"They have different ids in the list ledger.", keptApart},
	{"*, according to *", whoSpeaks},
	{"* is accused of * by *", whoSpeaks},
	{"*(disputed; denied*)*", whoSpeaks},
	{"AFFIRMED:*", whoSpeaks},
	{"DENIED:*", whoSpeaks},
	{"27", oneSpeaker},
	{"Merad Quill belongs or belonged to Front of Azm (from 2007, until 2014)*", held},
	{"* (from 2009, until some time between 2013-01 and 2013-12-24)*", withinLives},
	{"20*-*-*", aboutThen},
	{"19*-*-*", aboutThen + "; " + withinLives},
	{"20*/20*", withinLives},
	{"*said by *", whoSpeaks},
	{"*:1:*", besideValues},
	{"names:*", besideValues},
	{"BELIEVED:*", besideValues},
	{"*:fighters", besideValues},
	{":20*", besideValues},
	{"*20*:*", besideValues},
	{"*19*:*", besideValues},
	{"*: nothing is known by the id \"*\"*", unknownIsTold},
	{"*use MEMBER_OF, LEADS, *", moreKinds},
	{"* a relative of *: *.[*", degreeTold},
	{"input.claims[*].*", "what the writer sent, and refers to what it may not see"},
}

// Change admits differences. In Question and Path a star stands for anything.
type Change struct{ Version, Question, Path, Reason string }

// Wording admits texts that no kept answer has. A star stands for anything.
type Wording struct{ Text, Reason string }

// Judgement is what the lists of changes say of differences.
type Judgement struct {
	changes  []Change
	wordings []Wording
	used     map[any]bool
}

// NewJudgement judges by the lists of the package.
func NewJudgement() *Judgement { return judgement(changed, worded) }

func judgement(changes []Change, wordings []Wording) *Judgement {
	return &Judgement{changes, wordings, map[any]bool{}}
}

// Failures are the differences that are not meant: those that no change admits, and
// those that show more.
func (j *Judgement) Failures(v *Version, list []Difference) (out []Difference) {
	for _, d := range list {
		admitted := j.admits(v, &d)
		var more []string
		for _, text := range d.More {
			if !v.echoes(&d, text) && (v.hides(&d, text) || !j.words(text)) {
				more = append(more, text)
			}
		}
		if d.More = more; !admitted || len(more) > 0 {
			out = append(out, d)
		}
	}
	return out
}

func (j *Judgement) admits(v *Version, d *Difference) bool {
	for _, c := range j.changes {
		if c.Version == v.Name && fits(c.Question, d.Question) && fits(c.Path, d.Path) {
			j.used[c] = true
			return true
		}
	}
	return false
}

func (j *Judgement) words(text string) bool {
	for _, w := range j.wordings {
		if fits(w.Text, text) {
			j.used[w] = true
			return true
		}
	}
	return false
}

// Idle are the admissions that admitted nothing, or give no reason.
func (j *Judgement) Idle() (out []string) {
	for _, c := range j.changes {
		if !j.used[c] || c.Reason == "" {
			out = append(out, "change of "+c.Question+" at "+c.Path)
		}
	}
	for _, w := range j.wordings {
		if !j.used[w] || w.Reason == "" {
			out = append(out, "wording of "+w.Text)
		}
	}
	return out
}

// fits reports whether a text is as a pattern says.
func fits(pattern, text string) bool {
	parts := strings.Split(pattern, "*")
	for i, part := range parts {
		parts[i] = regexp.QuoteMeta(part)
	}
	return regexp.MustCompile("(?s)^" + strings.Join(parts, ".*") + "$").MatchString(text)
}
