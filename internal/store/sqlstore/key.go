package sqlstore

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"cairn"
)

// maxKeyName bounds a stored key's name: the index of PostgreSQL takes no rows
// of more than a third of a page.
const maxKeyName = 512

const (
	sqlLookup      = "SELECT id FROM entity_key WHERE scope = ? AND name = ?"
	sqlNamedLookup = "SELECT name, id FROM entity_key WHERE scope = ? AND name = ?"
	sqlKeyInsert   = "INSERT INTO entity_key (scope, name, id) VALUES (?, ?, ?)"
	sqlKeyDelete   = "DELETE FROM entity_key WHERE scope = ? AND name = ?"
)

// Statements for manyRows keys.
var (
	// One branch a key, since a planner without statistics reads a whole scope for
	// a list.
	sqlLookups    = strings.Repeat(sqlNamedLookup+" UNION ALL ", manyRows-1) + sqlNamedLookup
	sqlKeyInserts = sqlKeyInsert + strings.Repeat(", (?, ?, ?)", manyRows-1)
)

// storedKey is the form of a key in the index: long names are cut and told
// apart by their hash, and U+0000, which PostgreSQL refuses, counts as such a
// name.
func storedKey(k cairn.Key) cairn.Key {
	k.Scope, k.Name = storedName(k.Scope), storedName(k.Name)
	return k
}

func storedName(s string) string {
	if len(s) <= maxKeyName && !strings.ContainsRune(s, 0) {
		return s
	}
	sum := sha256.Sum256([]byte(s))
	head := strings.ReplaceAll(s[:min(len(s), maxKeyName/2)], "\x00", "")
	return strings.ToValidUTF8(head, "") + "#" + hex.EncodeToString(sum[:])
}

// taken says that a key of e belongs to another entity.
func taken(e cairn.Entity, k cairn.Key) error {
	field, err := "", (*cairn.Error)(nil)
	switch scope, _, _ := strings.Cut(k.Scope, ":"); scope {
	case cairn.ScopeEmail:
		field, err = "email", cairn.Conflict("The e-mail address %s is already in use", k.Name)
	case cairn.ScopeProject:
		field, err = "key", cairn.Conflict("The key %s is already used by another project; choose another one", k.Name)
	case "field":
		field, err = "name", cairn.Conflict("There is already a field named %s; choose another name", strings.TrimSpace(e.Attrs.Text("name")))
	case "member":
		field, err = "user", cairn.Conflict("This person is already a member of the project; change their role instead")
	case "source":
		field, err = "sourceId", cairn.Conflict("There is already one %s from %s with the id %s", noun(e.Kind), e.Attrs.Text("source"), k.Name)
	default:
		field, err = "key", cairn.Conflict("The name %s is already taken by another %s", k.Name, noun(e.Kind))
	}
	err.Details = []cairn.Detail{{Field: field, Message: err.Message}}
	return err
}
