package graph

import (
	"fmt"
	"slices"
	"time"
)

// AttributionBasis says what an attribution rests on.
type AttributionBasis string

// Bases lists what an attribution may rest on.
var Bases = []AttributionBasis{"CLAIM", "FORENSIC", "ARREST", "MODUS_OPERANDI", "OFFICIAL", "MEDIA"}

// Mode says what an alliance or support consists of.
type Mode string

// Modes lists the modes.
var Modes = []Mode{"OPERATIONAL", "MATERIAL", "TERRITORIAL", "TRAINING", "FINANCIAL"}

// KinDegree says what the subject of a claim is to its object: PARENT means that the subject
// is a parent of the object.
type KinDegree string

// The degrees of kinship.
const (
	DegreeParent       KinDegree = "PARENT"
	DegreeChild        KinDegree = "CHILD"
	DegreeUncleAunt    KinDegree = "UNCLE_AUNT"
	DegreeNephewNiece  KinDegree = "NEPHEW_NIECE"
	DegreeGrandparent  KinDegree = "GRANDPARENT"
	DegreeGrandchild   KinDegree = "GRANDCHILD"
	DegreeSibling      KinDegree = "SIBLING"
	DegreeHalfSibling  KinDegree = "HALF_SIBLING"
	DegreeCousin       KinDegree = "COUSIN"
	DegreeSpouse       KinDegree = "SPOUSE"
	DegreeParentInLaw  KinDegree = "PARENT_IN_LAW"
	DegreeChildInLaw   KinDegree = "CHILD_IN_LAW"
	DegreeSiblingInLaw KinDegree = "SIBLING_IN_LAW"
	DegreeStepParent   KinDegree = "STEP_PARENT"
	DegreeStepChild    KinDegree = "STEP_CHILD"
	// DegreeUnspecified is that of relatives of whom the source does not say how.
	DegreeUnspecified KinDegree = "UNSPECIFIED"

	// Words of the first edition. They are read, say nothing of who is which, and are not
	// taken in what is new.
	DegreeNephewUncle KinDegree = "NEPHEW_UNCLE"
	DegreeInLaw       KinDegree = "IN_LAW"
)

// Degrees lists the degrees of kinship that are recorded.
var Degrees = []KinDegree{
	DegreeParent, DegreeChild, DegreeUncleAunt, DegreeNephewNiece, DegreeGrandparent, DegreeGrandchild, DegreeSibling,
	DegreeHalfSibling, DegreeCousin, DegreeSpouse, DegreeParentInLaw, DegreeChildInLaw, DegreeSiblingInLaw,
	DegreeStepParent, DegreeStepChild, DegreeUnspecified,
}

// AllDegrees are the Degrees, and those words that are read alone.
var AllDegrees = append(append([]KinDegree{}, Degrees...), DegreeNephewUncle, DegreeInLaw)

// insteadOf has, for each word that is read alone, those to use.
var insteadOf = map[KinDegree][]KinDegree{
	DegreeNephewUncle: {DegreeNephewNiece, DegreeUncleAunt},
	DegreeInLaw:       {DegreeParentInLaw, DegreeChildInLaw, DegreeSiblingInLaw},
}

// inverses are the degrees of which the two ends are not alike, a pair each.
var inverses = func() map[KinDegree]KinDegree {
	out := map[KinDegree]KinDegree{}
	for _, pair := range [][2]KinDegree{
		{DegreeParent, DegreeChild},
		{DegreeUncleAunt, DegreeNephewNiece},
		{DegreeGrandparent, DegreeGrandchild},
		{DegreeParentInLaw, DegreeChildInLaw},
		{DegreeStepParent, DegreeStepChild},
	} {
		out[pair[0]], out[pair[1]] = pair[1], pair[0]
	}
	return out
}()

// Inverse is the degree read from object to subject.
func (d KinDegree) Inverse() KinDegree { return either(inverses[d], d) }

// current checks what is not taken of those who write today.
func (c *checker) current(k *Claim, kinds map[ID]EntityKind) {
	if use := insteadOf[k.Degree]; use != nil {
		c.add("OLD_WORD", "degree", fmt.Sprintf("%s does not say who is which", k.Degree),
			"say what the subject is to the object: "+joined(use)+"; or "+string(DegreeUnspecified)+", with the source's word in nature")
	}
	if k.Predicate == KinOf && k.Degree != "" && kinds[k.Object] != "" && kinds[k.Object] != Individual {
		c.add("NOT_TAKEN", "degree", fmt.Sprintf("%s is a %s: nobody is its relative in a degree", k.Object, kinds[k.Object]),
			"leave it out; nature keeps the source's word")
	}
}

// LinkGrade says how close an alliance or how sharp a rivalry is.
type LinkGrade string

// LinkGrades lists the grades.
var LinkGrades = []LinkGrade{"ALLY", "ASSOCIATE", "RIVAL", "COMPETITOR"}

// Claim is what one source says. It is never edited. Its fields are in the order
// of their names in the canonical form.
type Claim struct {
	// Amount is how much a link was about: of money, weapons, people, letters. Links alone
	// have one.
	Amount *Amount `json:"amount,omitempty"`
	// Attributor is who makes an attribution, an entity.
	Attributor ID               `json:"attributor,omitempty"`
	Basis      AttributionBasis `json:"basis,omitempty"`
	// Channel is where a claim of responsibility was made.
	Channel string `json:"channel,omitempty"`
	// Credibility is the Admiralty number: 1 confirmed to 5 improbable, 6 cannot
	// be judged. 0 on input means the hedge's default.
	Credibility int       `json:"credibility,omitempty"`
	Degree      KinDegree `json:"degree,omitempty"`
	// Excerpt is a few words of the source, never more.
	Excerpt string    `json:"excerpt,omitempty"`
	Grade   LinkGrade `json:"grade,omitempty"`
	Hedge   Hedge     `json:"hedge"`
	// ID is a hash of all the rest but Label, Excerpt and Text. Leave it out on input.
	ID ID `json:"id,omitempty"`
	// Label is a short name for people ("C47"); it need not be unique.
	Label string `json:"label,omitempty"`
	// Locator says where in the source: paragraph, page, minute.
	Locator string  `json:"locator,omitempty"`
	Marking Marking `json:"marking,omitempty"`
	Modes   []Mode  `json:"modes,omitempty"`
	// Nature says in a word or two what an association consists of.
	Nature string `json:"nature,omitempty"`
	Object ID     `json:"object,omitempty"`
	// Origin is the source that Source relies on for this claim.
	Origin    ID        `json:"origin,omitempty"`
	Polarity  Polarity  `json:"polarity,omitempty"`
	Predicate Predicate `json:"predicate"`
	Role      string    `json:"role,omitempty"`
	// Rule names the rule that inferred the claim; empty for what was read.
	Rule   string `json:"rule,omitempty"`
	Source ID     `json:"source"`
	// Speaker is whose words the source reports, an entity.
	Speaker ID `json:"speaker,omitempty"`
	// SpeakerText says whose words they are where that is no entity, in a few words of our
	// own: "a retired police officer". A claim has one of the two.
	SpeakerText string `json:"speakerText,omitempty"`
	Stage       string `json:"stage,omitempty"`
	// Subject is an entity's id; a claim's or a source's for claims about those.
	Subject ID `json:"subject"`
	// Text is what it says: one neutral sentence of our own that keeps hedge and speaker.
	Text string    `json:"text,omitempty"`
	Type claimType `json:"type"`
	// ValidFrom and ValidTo bound when what is said held. Absent is open.
	ValidFrom PartialDate `json:"validFrom,omitzero"`
	ValidTo   PartialDate `json:"validTo,omitzero"`
	Value     *Value      `json:"value,omitempty"`

	// Sequence and RecordedAt are the store's: the commit that recorded it.
	Sequence   Sequence  `json:"-"`
	RecordedAt time.Time `json:"-"`

	// Seal is the store's, and no part of what was recorded.
	Seal `json:"-"`
}

// Normalised fills in what may be left out and sets the id. Two claims that say
// the same get the same id.
func (c Claim) Normalised() Claim {
	if c.Credibility == 0 {
		c.Credibility = c.Hedge.DefaultCredibility()
	}
	c.Polarity = either(c.Polarity, Affirmed)
	c.Marking = either(c.Marking, Clear)
	c.Modes = slices.Clone(c.Modes)
	slices.Sort(c.Modes)
	c.Modes = slices.Compact(c.Modes)
	c.SpeakerText = PlainName(c.SpeakerText)
	if role, ok := c.Predicate.Spec().Role(c.Role); ok {
		c.Role = role.Name
	}
	if c.Predicate == NameOf && c.Value != nil {
		v := *c.Value
		v.Text = PlainName(v.Text)
		v.Form = either(v.Form, FormOf(v.Text))
		c.Value = &v
	}
	if c.Value != nil && c.Value.Role == RoleAll {
		v := *c.Value
		v.Role = roleStored
		c.Value = &v
	}
	c.ID = c.hash()
	return c
}

func (c Claim) hash() ID {
	if !c.Value.finite() || !c.Amount.finite() {
		return "" // it has no canonical form; the check refuses it
	}
	c.ID, c.Label, c.Excerpt, c.Text = "", "", "", ""
	return hashID(claimPrefix, Encode(&c))
}

// Discriminator is the qualifier that belongs to the identity of the link that
// the claim is about.
func (c *Claim) Discriminator() string {
	switch spec := c.Predicate.Spec(); spec.Discriminator {
	case "role":
		if spec.Folded && spec.Roles == nil {
			return foldedRole(c.Role)
		}
		return c.Role
	case "stage":
		return c.Stage
	case "attributor":
		return string(c.Attributor)
	}
	return ""
}

// Key is the identity of the link that the claim is about; the target is empty
// for an attribute.
func (c *Claim) Key() LinkKey {
	return LinkKey{Kind: c.Predicate, Source: c.Subject, Target: c.Object, Discriminator: c.Discriminator()}.Ordered()
}
