package graph

import (
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

// KinDegree says how two relatives are related, read from subject to object: PARENT
// means that the subject is a parent of the object.
type KinDegree string

// The degrees of kinship.
const (
	DegreeParent      KinDegree = "PARENT"
	DegreeChild       KinDegree = "CHILD"
	DegreeSibling     KinDegree = "SIBLING"
	DegreeSpouse      KinDegree = "SPOUSE"
	DegreeInLaw       KinDegree = "IN_LAW"
	DegreeNephewUncle KinDegree = "NEPHEW_UNCLE"
	DegreeCousin      KinDegree = "COUSIN"
	// DegreeUnspecified is that of relatives of whom the source does not say how.
	DegreeUnspecified KinDegree = "UNSPECIFIED"
)

// Degrees lists the degrees of kinship.
var Degrees = []KinDegree{
	DegreeParent, DegreeChild, DegreeSibling, DegreeSpouse, DegreeInLaw, DegreeNephewUncle, DegreeCousin, DegreeUnspecified,
}

// Inverse is the degree read from object to subject.
func (d KinDegree) Inverse() KinDegree {
	switch d {
	case DegreeParent:
		return DegreeChild
	case DegreeChild:
		return DegreeParent
	}
	return d
}

// LinkGrade says how close an alliance or how sharp a rivalry is.
type LinkGrade string

// LinkGrades lists the grades.
var LinkGrades = []LinkGrade{"ALLY", "ASSOCIATE", "RIVAL", "COMPETITOR"}

// Claim is what one source says. It is never edited. Its fields are in the order
// of their names in the canonical form.
type Claim struct {
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
	if !c.Value.finite() {
		return "" // it has no canonical form; the check refuses it
	}
	c.ID, c.Label, c.Excerpt, c.Text = "", "", "", ""
	return hashID(claimPrefix, Encode(&c))
}

// Discriminator is the qualifier that belongs to the identity of the link that
// the claim is about.
func (c *Claim) Discriminator() string {
	switch c.Predicate.Spec().Discriminator {
	case "role":
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
