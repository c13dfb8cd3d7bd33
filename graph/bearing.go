package graph

// Bearing says what sort of tie a kind of link is, and so what follows from it. Of
// a kind whose links differ by their role it is that of a link without a role.
type Bearing string

// The bearings.
const (
	// BearingAffiliation is of those who belong to, lead, made or serve a body.
	BearingAffiliation Bearing = "AFFILIATION"
	// BearingLineage is of bodies of which one came out of the other.
	BearingLineage Bearing = "LINEAGE"
	// BearingCooperation is of those who help one another, or one the other.
	BearingCooperation Bearing = "COOPERATION"
	// BearingResponsibility is of who did what happened, by own word or a court's.
	BearingResponsibility Bearing = "RESPONSIBILITY"
	// BearingAttribution is of who is said to have done it.
	BearingAttribution Bearing = "ATTRIBUTION"
	// BearingHostility is of those who act against one another, or one the other.
	BearingHostility Bearing = "HOSTILITY"
	// BearingSpeech is of what somebody said about what happened.
	BearingSpeech Bearing = "SPEECH"
	// BearingHarm is of those to whom it happened.
	BearingHarm Bearing = "HARM"
	// BearingCustody is of those who were held, and by whom or where.
	BearingCustody Bearing = "CUSTODY"
	// BearingKinship is of relatives.
	BearingKinship Bearing = "KINSHIP"
	// BearingAttendance is of those who learned somewhere.
	BearingAttendance Bearing = "ATTENDANCE"
	// BearingPlace is of what lies, happened or acts somewhere.
	BearingPlace Bearing = "PLACE"
	// BearingListing is of those whom an authority lists.
	BearingListing Bearing = "LISTING"
	// BearingIdentity is of judgements whether two are one.
	BearingIdentity Bearing = "IDENTITY"
)

// Implicative reports whether a link may be evidence of conduct. Kinship,
// attendance and judgements of identity are not, and stay out of paths and measures
// unless asked for.
func (b Bearing) Implicative() bool {
	switch b {
	case BearingKinship, BearingAttendance, BearingIdentity:
		return false
	}
	return true
}
