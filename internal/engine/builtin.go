package engine

import "cairn"

// Names of the attributes that the state treats specially.
const (
	attrNumber   = "number"
	attrArchived = "archived"
	attrRank     = "rank"
	attrTitle    = "title"
	attrComments = "comments"
	attrType     = "type"
	attrParent   = "parent"
	attrChildren = "children"
	attrLinks    = "links"
	attrMerged   = cairn.AttrMergedInto
	attrUnlike   = cairn.AttrUnlike
	attrInsights = "insights"
	attrCover    = string(cairn.RefCover)
)

// builtin is an attribute that every idea has.
type builtin struct {
	ref cairn.Ref
	// attr is the stored attribute's name; "" when the engine does not hold it.
	attr  string
	label string
	kind  cairn.ValueKind
	// like is the field type whose operators and capabilities apply.
	like  cairn.FieldType
	group bool
}

// builtins is the table of an idea's built-in attributes. The key is held as
// the idea's number; the description is left to the store and the search index.
func builtins() []builtin {
	return []builtin{
		{cairn.RefTitle, attrTitle, "Title", cairn.KindText, cairn.TypeShortText, false},
		{cairn.RefKey, attrNumber, "Key", cairn.KindNumber, cairn.TypeNumber, false},
		{cairn.RefDescription, "", "Description", cairn.KindText, cairn.TypeLongText, false},
		{cairn.RefCreatedAt, "createdAt", "Created", cairn.KindMoment, cairn.TypeTime, true},
		{cairn.RefCreatedBy, "createdBy", "Creator", cairn.KindRefID, cairn.TypePerson, true},
		{cairn.RefUpdatedAt, "updatedAt", "Updated", cairn.KindMoment, cairn.TypeTime, true},
		{cairn.RefUpdatedBy, "updatedBy", "Updated by", cairn.KindRefID, cairn.TypePerson, true},
		{cairn.RefArchived, attrArchived, "Archived", cairn.KindBool, cairn.TypeCheckbox, true},
		{cairn.RefRank, attrRank, "Rank", cairn.KindText, cairn.TypeShortText, false},
		{cairn.RefComments, attrComments, "Comments", cairn.KindNumber, cairn.TypeNumber, true},
		{cairn.RefType, attrType, "Type", cairn.KindRefID, cairn.TypeSelect, true},
		{cairn.RefParent, attrParent, "Parent", cairn.KindRefID, cairn.TypeParent, true},
		{cairn.RefChildren, attrChildren, "Children", cairn.KindNumber, cairn.TypeNumber, true},
		{cairn.RefInsights, attrInsights, "Insights", cairn.KindNumber, cairn.TypeNumber, true},
		{cairn.RefCover, attrCover, "Cover", cairn.KindNumber, cairn.TypeNumber, false},
		{cairn.RefLinks, attrLinks, "Links", cairn.KindNumber, cairn.TypeNumber, true},
	}
}

func builtinOf(ref cairn.Ref) (builtin, bool) {
	for _, b := range builtins() {
		if b.ref == ref {
			return b, true
		}
	}
	return builtin{}, false
}

// counted reports an attribute that is counted here and never stored.
func counted(attr string) bool {
	return attr == attrComments || attr == attrChildren || attr == attrLinks || attr == attrInsights
}
