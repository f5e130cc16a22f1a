package cairn

import "slices"

// Kind says what an entity is.
type Kind string

// The kinds of entities.
const (
	KindWorkspace  Kind = "workspace"
	KindUser       Kind = "user"
	KindInvitation Kind = "invitation"
	KindToken      Kind = "token"
	KindProject    Kind = "project"
	KindMember     Kind = "member"
	KindField      Kind = "field"
	KindView       Kind = "view"
	KindSection    Kind = "section"
	KindFavorite   Kind = "favorite"
	KindIdea       Kind = "idea"
	KindComment    Kind = "comment"
	KindRun        Kind = "run"
	KindMapping    Kind = "mapping"
	KindLink       Kind = "link"
	KindBallot     Kind = "ballot"
	KindIdeaType   Kind = "idea_type"
	KindTemplate   Kind = "template"
	KindFile       Kind = "file"
	KindReason     Kind = "reason"
	KindHook       Kind = "hook"

	KindInsight       Kind = "insight"
	KindEvidence      Kind = "evidence"
	KindCustomer      Kind = "customer"
	KindCustomerField Kind = "customer_field"
)

// Audience says who may hear of a kind's changes on the live stream.
type Audience int

// The audiences.
const (
	// AudienceNobody keeps changes inside the server.
	AudienceNobody Audience = iota
	// AudienceWorkspace tells every signed-in person.
	AudienceWorkspace
	// AudienceProject tells those who may read the entity's project.
	AudienceProject
)

// KindInfo is what the layers need to know of a kind.
type KindInfo struct {
	Kind Kind
	// Noun is the word for people, in sentences.
	Noun string
	// Long is the one attribute kept apart because it may be long; "" for none.
	Long string
	// State says that the engine holds entities of this kind in memory.
	State bool
	// Audience hears of its changes.
	Audience Audience
}

// kinds is the one table of kinds.
var kinds = [...]KindInfo{
	{Kind: KindWorkspace, Noun: "workspace", State: true, Audience: AudienceWorkspace},
	{Kind: KindUser, Noun: "person", State: true, Audience: AudienceWorkspace},
	{Kind: KindInvitation, Noun: "invitation", Audience: AudienceNobody},
	{Kind: KindToken, Noun: "API token", Audience: AudienceNobody},
	{Kind: KindProject, Noun: "project", State: true, Audience: AudienceProject},
	{Kind: KindMember, Noun: "project member", State: true, Audience: AudienceProject},
	{Kind: KindField, Noun: "field", State: true, Audience: AudienceProject},
	{Kind: KindView, Noun: "view", State: true, Audience: AudienceProject},
	{Kind: KindIdeaType, Noun: "type of ideas", State: true, Audience: AudienceProject},
	{Kind: KindSection, Noun: "section of views", State: true, Audience: AudienceProject},
	{Kind: KindFavorite, Noun: "favourite", State: true, Audience: AudienceNobody},
	{Kind: KindIdea, Noun: "idea", Long: "description", State: true, Audience: AudienceProject},
	{Kind: KindComment, Noun: "comment", Long: "body", State: true, Audience: AudienceProject},
	{Kind: KindLink, Noun: "link", State: true, Audience: AudienceProject},
	{Kind: KindRun, Noun: "import", Audience: AudienceProject},
	{Kind: KindBallot, Noun: "ballot", State: true, Audience: AudienceProject},
	{Kind: KindMapping, Noun: "saved mapping", Audience: AudienceNobody},
	{Kind: KindInsight, Noun: "insight", Long: "note", Audience: AudienceProject},
	{Kind: KindEvidence, Noun: "insight of an idea", State: true, Audience: AudienceProject},
	{Kind: KindCustomer, Noun: "customer", State: true, Audience: AudienceWorkspace},
	{Kind: KindCustomerField, Noun: "customer field", State: true, Audience: AudienceWorkspace},
	{Kind: KindFile, Noun: "attached file", Audience: AudienceProject},
	{Kind: KindReason, Noun: "reason", Audience: AudienceProject},
	{Kind: KindHook, Noun: "webhook", Audience: AudienceNobody},
	{Kind: KindTemplate, Noun: "project template", Long: "content", Audience: AudienceNobody},
}

// Kinds returns the one table of kinds.
func Kinds() []KindInfo { return slices.Clone(kinds[:]) }

// Info returns what is known of a kind; ok is false for an unknown one.
func (k Kind) Info() (info KindInfo, ok bool) {
	for i := range kinds {
		if kinds[i].Kind == k {
			return kinds[i], true
		}
	}
	return KindInfo{}, false
}
