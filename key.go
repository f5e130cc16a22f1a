package cairn

import (
	"encoding/json"
	"strings"
)

// Key is a name that at most one entity has within its scope, such as a
// person's e-mail address. The store keeps an index of them and refuses a
// second owner.
type Key struct {
	Scope, Name string
}

// The scopes of keys that are not per project.
const (
	ScopeEmail   = "email"
	ScopeProject = "project"
)

// SourceKey is the key of what an import made: source is the kind of file or
// service, id the thing's identity there.
func SourceKey(project ID, kind Kind, source, id string) Key {
	return Key{"source:" + project.String() + ":" + string(kind) + ":" + source, id}
}

// FieldNameKey is the key of a live field's name within its project.
func FieldNameKey(project ID, name string) Key {
	return Key{"field:" + project.String(), strings.ToLower(strings.TrimSpace(name))}
}

// MemberKey is the key of a person's membership in a project.
func MemberKey(project, user ID) Key { return Key{"member:" + project.String(), user.String()} }

// BlobKey is the key of what has a stored file's content: one attached file.
func BlobKey(blob string) Key { return Key{"blob", blob} }

// InKeys reports whether a key of the kind may follow from the attribute.
func (k Kind) InKeys(attr string) bool {
	switch k {
	case KindIdea, KindComment:
		return attr == "source" || attr == "sourceId"
	}
	return true
}

// Keys returns the names that the entity owns. They follow from its attributes,
// so undo, restore and replay keep the index right without further care.
func (e Entity) Keys() []Key {
	switch e.Kind {
	case KindUser:
		if email := e.Attrs.Text("email"); email != "" {
			return []Key{{ScopeEmail, email}}
		}
	case KindProject:
		return []Key{{ScopeProject, e.Attrs.Text("key")}}
	case KindMember:
		return []Key{{"member:" + e.Project.String(), string(e.Attrs["user"])}}
	case KindField:
		if string(e.Attrs["deleted"]) != "true" {
			return []Key{FieldNameKey(e.Project, e.Attrs.Text("name"))}
		}
	case KindLink:
		var to ID
		if json.Unmarshal(e.Attrs["to"], &to) == nil {
			return []Key{LinkKey(e.Parent, to, LinkType(e.Attrs.Text("type")))}
		}
	case KindEvidence:
		var insight ID
		if json.Unmarshal(e.Attrs["insight"], &insight) == nil {
			return []Key{EvidenceKey(e.Parent, insight)}
		}
	case KindCustomer:
		c := Customer{Type: CustomerType(e.Attrs.Text("type")), Name: e.Attrs.Text("name"), Email: e.Attrs.Text("email"), External: e.Attrs.Text("external")}
		return c.CustomerKeys()
	case KindCustomerField:
		return []Key{{"customer_field:" + e.Attrs.Text("of"), strings.ToLower(e.Attrs.Text("name"))}}
	case KindTemplate:
		return []Key{{"template", strings.ToLower(e.Attrs.Text("name"))}}
	case KindReason:
		return []Key{{"reason:" + e.Project.String(), e.Attrs.Text("group")}}
	case KindFile:
		return []Key{BlobKey(e.Attrs.Text("blob"))}
	case KindFavorite:
		return []Key{{"favorite:" + e.Parent.String(), string(e.Attrs["user"])}}
	case KindBallot:
		return []Key{{"ballot:" + e.Project.String(), string(e.Attrs["field"]) + ":" + string(e.Attrs["user"])}}
	case KindIdea, KindComment, KindInsight:
		if id := e.Attrs.Text("sourceId"); id != "" {
			return []Key{SourceKey(e.Project, e.Kind, e.Attrs.Text("source"), id)}
		}
	}
	return nil
}
