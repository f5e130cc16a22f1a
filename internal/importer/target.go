package importer

// TargetKind says where a column goes.
type TargetKind string

// The places that every idea has, whatever the project's fields.
const (
	ToTitle       TargetKind = "title"
	ToDescription TargetKind = "description"
	ToCreated     TargetKind = "created"
	ToUpdated     TargetKind = "updated"
	ToCreator     TargetKind = "creator"
	ToArchived    TargetKind = "archived"
	ToComments    TargetKind = "comments"
	ToAttachments TargetKind = "attachments"
	ToLinks       TargetKind = "links"
	ToParent      TargetKind = "parent"
	ToType        TargetKind = "type"
	ToLabels      TargetKind = "labels"
	ToVotes       TargetKind = "votes"
	ToExternalID  TargetKind = "external_id"
	ToURL         TargetKind = "url"
	ToRank        TargetKind = "rank"
	ToField       TargetKind = "field" // a custom field, see Target.Type
	ToNothing     TargetKind = "ignore"
)

// FieldType is the name of a type of value.
type FieldType string

// The types of custom fields, and Instant for the built-in dates with a time.
const (
	ShortText   FieldType = "short_text"
	LongText    FieldType = "long_text"
	Number      FieldType = "number"
	Rating      FieldType = "rating"
	Slider      FieldType = "slider"
	Checkbox    FieldType = "checkbox"
	Select      FieldType = "select"
	MultiSelect FieldType = "multi_select"
	DateType    FieldType = "date"
	Interval    FieldType = "interval"
	PersonType  FieldType = "person"
	People      FieldType = "people"
	URL         FieldType = "url"
	Labels      FieldType = "labels"
	Instant     FieldType = "instant"
)

// Target is a proposed place for a column.
type Target struct {
	Kind TargetKind `json:"kind"`
	Type FieldType  `json:"type,omitempty"` // for ToField
}

// Field is the target "a custom field of type t".
func Field(t FieldType) Target { return Target{Kind: ToField, Type: t} }

// ValueType is the type that Convert should read for a target, or "" for
// targets whose content comes in Row's own parts.
func (t Target) ValueType() FieldType {
	switch t.Kind {
	case ToField:
		return t.Type
	case ToTitle, ToExternalID, ToRank, ToParent, ToType:
		return ShortText
	case ToDescription:
		return LongText
	case ToCreated, ToUpdated:
		return Instant
	case ToCreator:
		return PersonType
	case ToArchived:
		return Checkbox
	case ToLabels:
		return Labels
	case ToVotes:
		return Number
	case ToURL:
		return URL
	case ToComments:
		return LongText
	}
	return ""
}

// Single says whether an idea has room for only one column of this kind.
func (k TargetKind) Single() bool {
	switch k {
	case ToField, ToNothing, ToLabels, ToComments, ToAttachments, ToLinks, ToParent:
		return false
	}
	return true
}
