package cairn

import (
	"fmt"
	"strconv"
	"strings"
)

// ID identifies an entity. All kinds share one space of positive numbers, given
// out by the store in the transaction that creates the entity. Zero means none.
type ID int64

// String returns the decimal form.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// ParseID reads the decimal form of a positive ID.
func ParseID(s string) (ID, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 {
		return 0, Invalid("id", "%q is not an id: it is a positive whole number", s)
	}
	return ID(n), nil
}

// IdeaKey is how people name an idea: the project's key and the idea's number,
// as in INS-12.
func IdeaKey(projectKey string, number int64) string {
	return projectKey + "-" + strconv.FormatInt(number, 10)
}

// ParseIdeaKey splits a key such as INS-12, in any letter case, into the
// project's key in capitals and the number.
func ParseIdeaKey(s string) (projectKey string, number int64, err error) {
	i := strings.LastIndexByte(s, '-')
	if i > 0 {
		number, err = strconv.ParseInt(s[i+1:], 10, 64)
		if err == nil && number > 0 {
			return strings.ToUpper(s[:i]), number, nil
		}
	}
	return "", 0, Invalid("key", "%q is not the key of an idea: write it as %s", s, "INS-12")
}

// Ref names something an idea can show, sort or filter by: a built-in attribute
// (see the Ref constants) or a custom field as "f" and the field's id.
type Ref string

// The built-in attributes of an idea.
const (
	RefTitle       Ref = "title"
	RefKey         Ref = "key"
	RefDescription Ref = "description"
	RefCreatedAt   Ref = "createdAt"
	RefCreatedBy   Ref = "createdBy"
	RefUpdatedAt   Ref = "updatedAt"
	RefUpdatedBy   Ref = "updatedBy"
	RefArchived    Ref = "archived"
	RefRank        Ref = "rank"
	RefComments    Ref = "comments"
	RefType        Ref = "type"
	RefParent      Ref = "parent"
	RefChildren    Ref = "children"
	RefLinks       Ref = "links"
	RefInsights    Ref = "insights"
	// RefCover is the attached image that stands for the idea.
	RefCover Ref = "coverImage"
)

// FieldRef returns the Ref of a custom field. It is also the name of the
// attribute that holds the field's value on an idea.
func FieldRef(id ID) Ref { return Ref("f" + id.String()) }

// FieldID returns the custom field that r names; ok is false for a built-in one.
func (r Ref) FieldID() (id ID, ok bool) {
	if len(r) < 2 || r[0] != 'f' || r[1] < '0' || r[1] > '9' {
		return 0, false
	}
	n, err := strconv.ParseInt(string(r[1:]), 10, 64)
	if err != nil || n <= 0 {
		return 0, false
	}
	return ID(n), true
}

// RankRef returns the Ref of a view's own order. It is also the name of the
// attribute that holds an idea's place in it.
func RankRef(view ID) Ref { return Ref("r" + view.String()) }

// RankView returns the view whose own order r names; ok is false for others.
func (r Ref) RankView() (view ID, ok bool) {
	if len(r) < 2 || r[0] != 'r' || r[1] < '0' || r[1] > '9' {
		return 0, false
	}
	n, err := strconv.ParseInt(string(r[1:]), 10, 64)
	if err != nil || n <= 0 {
		return 0, false
	}
	return ID(n), true
}

// ChildrenRef names a summary of one of the children's values, as in
// children.sum.f17.
func ChildrenRef(op RollupOp, of Ref) Ref { return Ref("children." + string(op) + "." + string(of)) }

// OfChildren takes a summary of the children's values apart; ok is false for
// any other reference.
func (r Ref) OfChildren() (op RollupOp, of Ref, ok bool) {
	rest, ok := strings.CutPrefix(string(r), "children.")
	name, field, cut := strings.Cut(rest, ".")
	if !ok || !cut || field == "" {
		return "", "", false
	}
	for _, op := range []RollupOp{RollupSum, RollupAverage, RollupMin, RollupMax, RollupFilled} {
		if name == string(op) {
			return op, Ref(field), true
		}
	}
	return "", "", false
}

// GoString helps test failures to read well.
func (r Ref) GoString() string { return fmt.Sprintf("Ref(%q)", string(r)) }
