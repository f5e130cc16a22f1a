package cairn_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cairn"

	"pgregory.net/rapid"
)

// The policy, whole, as a table. A cell says who may: "yes", "own" (only with
// what they made themselves), or "-".
//
// Columns of a project are the actor's effective role in it; "adm" is an
// administrator of the workspace and "sys" is Cairn itself and its command line.

const workspacePolicy = `
                                                    nobody member read-token adm read-adm sys
add and edit customers                              -      yes    -          yes -        yes
administer the workspace                            -      -      -          yes -        yes
change the fields of customers and delete customers -      -      -          yes -        yes
change your own account                             -      yes    -          yes -        yes
create projects                                     -      yes    -          yes -        yes
delete project templates                            -      -      -          yes -        yes
invite people                                       -      -      -          yes -        yes
keep the webhooks of the workspace                  -      -      -          yes -        yes
keep your inbox                                     -      yes    -          yes -        yes
see the customers                                   -      yes    yes        yes yes      yes
see the people of the workspace                     -      yes    yes        yes yes      yes
see the project templates                           -      yes    yes        yes yes      yes
see your inbox                                      -      yes    yes        yes yes      yes
`

const projectPolicy = `
                                                    nobody none viewer contributor editor admin adm sys
add ideas                                           -      -    -      yes         yes    yes   yes yes
add insights                                        -      -    -      yes         yes    yes   yes yes
archive ideas                                       -      -    -      -           yes    yes   yes yes
attach files                                        -      -    -      yes         yes         yes   yes yes
change a locked view                                -      -    -      -           -       yes   yes yes
change and undo this import of insights             -      -    -      own         yes    yes   yes yes
change the project's settings, fields and members   -      -    -      -           -      yes   yes yes
change views                                        -      -    -      -           yes    yes   yes yes
comment                                             -      -    -      yes         yes    yes   yes yes
delete ideas                                        -      -    -      -           -      yes   yes yes
delete the project                                  -      -    -      -           -      yes   yes yes
delete this comment                                 -      -    -      own         own    yes   yes yes
delete this file                                    -      -    -      own         yes         yes   yes yes
edit a field that is open to contributors           -      -    -      yes         yes    yes   yes yes
edit ideas                                          -      -    -      -           yes    yes   yes yes
edit this comment                                   -      -    -      own         own    own   own yes
edit this insight                                   -      -    -      own         yes    yes   yes yes
export the project                                  -      -    yes    yes         yes    yes   yes yes
import ideas                                        -      -    -      -           -      yes   yes yes
import insights                                     -      -    -      yes         yes    yes   yes yes
keep favourite views                                -      -    yes    yes         yes     yes   yes yes
keep the webhooks of the project                    -      -    -      -           -      yes   yes yes
link ideas                                          -      -    -      -           yes    yes   yes yes
link insights to ideas                              -      -    -      yes         yes    yes   yes yes
merge ideas                                         -      -    -      -           yes    yes   yes yes
read the history                                    -      -    yes    yes         yes    yes   yes yes
read the project                                    -      -    yes    yes         yes    yes   yes yes
remember when you saw a view                        -      -    yes    yes         yes    yes   yes yes
restore an earlier value                            -      -    -      -           yes    yes   yes yes
save the project as a template                      -      -    -      -           -      yes    yes yes
say why you made this change                        -      -    -      own         own    own   own yes
see the imports                                     -      -    -      -           -      yes   yes yes
see the imports of insights                         -      -    -      yes         yes    yes   yes yes
show others what you are looking at                 -      -    yes    yes         yes    yes   yes yes
take this insight off an idea                       -      -    -      own         yes    yes   yes yes
vote                                                -      -    -      yes         yes    yes   yes yes
watch ideas, views and the project                  -      -    yes    yes         yes    yes   yes yes
`

// An archived project can be read, restored and deleted; nothing else.
const archivedPolicy = `
                                                    nobody none viewer contributor editor admin adm sys
add ideas                                           -      -    -      -           -      -     -   yes
add insights                                        -      -    -      -           -      -     -   yes
archive ideas                                       -      -    -      -           -      -     -   yes
attach files                                        -      -    -      -           -           -     -   yes
change a locked view                                -      -    -      -           -       -     -   yes
change and undo this import of insights             -      -    -      -           -      -     -   yes
change the project's settings, fields and members   -      -    -      -           -      yes   yes yes
change views                                        -      -    -      -           -      -     -   yes
comment                                             -      -    -      -           -      -     -   yes
delete ideas                                        -      -    -      -           -      -     -   yes
delete the project                                  -      -    -      -           -      yes   yes yes
delete this comment                                 -      -    -      -           -      -     -   yes
delete this file                                    -      -    -      -           -           -     -   yes
edit a field that is open to contributors           -      -    -      -           -      -     -   yes
edit ideas                                          -      -    -      -           -      -     -   yes
edit this comment                                   -      -    -      -           -      -     -   yes
edit this insight                                   -      -    -      -           -      -     -   yes
export the project                                  -      -    yes    yes         yes    yes   yes yes
import ideas                                        -      -    -      -           -      -     -   yes
import insights                                     -      -    -      -           -      -     -   yes
keep favourite views                                -      -    yes    yes         yes     yes   yes yes
keep the webhooks of the project                    -      -    -      -           -      yes   yes yes
link ideas                                          -      -    -      -           -      -     -   yes
link insights to ideas                              -      -    -      -           -      -     -   yes
merge ideas                                         -      -    -      -           -      -     -   yes
read the history                                    -      -    yes    yes         yes    yes   yes yes
read the project                                    -      -    yes    yes         yes    yes   yes yes
remember when you saw a view                        -      -    yes    yes         yes    yes   yes yes
restore an earlier value                            -      -    -      -           -      -     -   yes
save the project as a template                      -      -    -      -           -      yes    yes yes
say why you made this change                        -      -    -      -           -      -     -   yes
see the imports                                     -      -    -      -           -      yes   yes yes
see the imports of insights                         -      -    -      yes         yes    yes   yes yes
show others what you are looking at                 -      -    yes    yes         yes    yes   yes yes
take this insight off an idea                       -      -    -      -           -      -     -   yes
vote                                                -      -    -      -           -      -     -   yes
watch ideas, views and the project                  -      -    yes    yes         yes    yes   yes yes
`

// A read-scoped token reads what its owner may read, archived or not.
const readTokenPolicy = `
                                                    nobody none viewer contributor editor admin adm sys
add ideas                                           -      -    -      -           -      -     -   -
add insights                                        -      -    -      -           -      -     -   -
archive ideas                                       -      -    -      -           -      -     -   -
attach files                                        -      -    -      -           -           -     -   -
change a locked view                                -      -    -      -           -       -     -   -
change and undo this import of insights             -      -    -      -           -      -     -   -
change the project's settings, fields and members   -      -    -      -           -      -     -   -
change views                                        -      -    -      -           -      -     -   -
comment                                             -      -    -      -           -      -     -   -
delete ideas                                        -      -    -      -           -      -     -   -
delete the project                                  -      -    -      -           -      -     -   -
delete this comment                                 -      -    -      -           -      -     -   -
delete this file                                    -      -    -      -           -           -     -   -
edit a field that is open to contributors           -      -    -      -           -      -     -   -
edit ideas                                          -      -    -      -           -      -     -   -
edit this comment                                   -      -    -      -           -      -     -   -
edit this insight                                   -      -    -      -           -      -     -   -
export the project                                  -      -    yes    yes         yes    yes   yes yes
import ideas                                        -      -    -      -           -      -     -   -
import insights                                     -      -    -      -           -      -     -   -
keep favourite views                                -      -    -      -           -       -     -   -
keep the webhooks of the project                    -      -    -      -           -      -     -   -
link ideas                                          -      -    -      -           -      -     -   -
link insights to ideas                              -      -    -      -           -      -     -   -
merge ideas                                         -      -    -      -           -      -     -   -
read the history                                    -      -    yes    yes         yes    yes   yes yes
read the project                                    -      -    yes    yes         yes    yes   yes yes
remember when you saw a view                        -      -    -      -           -       -     -   -
restore an earlier value                            -      -    -      -           -      -     -   -
save the project as a template                      -      -    -      -           -      -      -   -
say why you made this change                        -      -    -      -           -      -     -   -
see the imports                                     -      -    -      -           -      yes   yes yes
see the imports of insights                         -      -    -      yes         yes    yes   yes yes
show others what you are looking at                 -      -    -      -           -      -     -   -
take this insight off an idea                       -      -    -      -           -      -     -   -
vote                                                -      -    -      -           -      -     -   -
watch ideas, views and the project                  -      -    -      -           -      -     -   -
`

// The effective role: what the access level gives to everybody, raised by what
// was given to the person. Columns are the role that was given.
const effectiveRoles = `
                  none        viewer      contributor editor      admin
nobody open       none        none        none        none        none
nobody limited    none        none        none        none        none
nobody private    none        none        none        none        none
member open       editor      editor      editor      editor      admin
member limited    contributor contributor contributor editor      admin
member private    none        viewer      contributor editor      admin
member (unknown)  none        viewer      contributor editor      admin
adm    open       admin       admin       admin       admin       admin
adm    limited    admin       admin       admin       admin       admin
adm    private    admin       admin       admin       admin       admin
sys    private    admin       admin       admin       admin       admin
`

// The people of the tables.
const (
	self  cairn.ID = 7
	other cairn.ID = 8
)

var (
	nobody = cairn.Actor{}
	member = cairn.Actor{User: self}
	adm    = cairn.Actor{User: self, Admin: true}
	sys    = cairn.Actor{System: true}
)

func roles() []cairn.Role {
	return []cairn.Role{cairn.RoleNone, cairn.RoleViewer, cairn.RoleContributor, cairn.RoleEditor, cairn.RoleAdmin}
}

func readOnly(a cairn.Actor) cairn.Actor {
	a.ReadOnly = true
	return a
}

// cell is what the policy says for somebody else's thing and for one's own.
func cell(a cairn.Actor, v cairn.Verb, t cairn.Target) string {
	t.Author = other
	others := cairn.Can(a, v, t)
	t.Author = self
	own := cairn.Can(a, v, t)
	switch {
	case others && own:
		return "yes"
	case own:
		return "own"
	case others:
		return "not own"
	}
	return "-"
}

// compare reports each row in which two tables differ; spacing does not count.
func compare(t *testing.T, want string, got []string) {
	t.Helper()
	rows := strings.Split(strings.TrimSpace(want), "\n")[1:]
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	for i := range max(len(rows), len(got)) {
		var w, g string
		if i < len(rows) {
			w = squeeze(rows[i])
		}
		if i < len(got) {
			g = squeeze(got[i])
		}
		if w != g {
			t.Errorf("the policy is\n  %s\nwant\n  %s", g, w)
		}
	}
}

func isWorkspaceVerb(v cairn.Verb) bool { return cairn.Can(sys, v, cairn.Target{}) }

func TestWorkspacePolicy(t *testing.T) {
	var got []string
	for _, v := range cairn.Verbs() {
		if !isWorkspaceVerb(v) {
			continue
		}
		row := string(v)
		for _, a := range []cairn.Actor{nobody, member, readOnly(member), adm, readOnly(adm), sys} {
			row += " " + cell(a, v, cairn.Target{})
		}
		got = append(got, row)
	}
	compare(t, workspacePolicy, got)
}

func TestProjectPolicy(t *testing.T) {
	for _, c := range []struct {
		name     string
		want     string
		archived bool
		readOnly bool
	}{
		{"live", projectPolicy, false, false},
		{"archived", archivedPolicy, true, false},
		{"read-scoped token", readTokenPolicy, false, true},
		{"read-scoped token, archived", readTokenPolicy, true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, v := range cairn.Verbs() {
				if isWorkspaceVerb(v) {
					continue
				}
				row := string(v)
				add := func(a cairn.Actor, given cairn.Role) {
					a.ReadOnly = c.readOnly
					row += " " + cell(a, v, cairn.Target{
						InProject: true, Archived: c.archived,
						Role: cairn.EffectiveRole(a, cairn.AccessPrivate, given),
					})
				}
				add(nobody, cairn.RoleAdmin)
				for _, given := range roles() {
					add(member, given)
				}
				add(adm, cairn.RoleNone)
				add(sys, cairn.RoleNone)
				got = append(got, row)
			}
			compare(t, c.want, got)
		})
	}
}

func TestEffectiveRole(t *testing.T) {
	var got []string
	for _, c := range []struct {
		name   string
		actor  cairn.Actor
		access cairn.Access
	}{
		{"nobody open", nobody, cairn.AccessOpen},
		{"nobody limited", nobody, cairn.AccessLimited},
		{"nobody private", nobody, cairn.AccessPrivate},
		{"member open", member, cairn.AccessOpen},
		{"member limited", member, cairn.AccessLimited},
		{"member private", member, cairn.AccessPrivate},
		{"member (unknown)", member, "something new"},
		{"adm open", adm, cairn.AccessOpen},
		{"adm limited", adm, cairn.AccessLimited},
		{"adm private", adm, cairn.AccessPrivate},
		{"sys private", sys, cairn.AccessPrivate},
	} {
		row := c.name
		for _, given := range roles() {
			row += " " + cairn.EffectiveRole(c.actor, c.access, given).String()
		}
		got = append(got, row)
	}
	compare(t, effectiveRoles, got)
}

// question is one arbitrary thing to ask the policy.
type question struct {
	actor  cairn.Actor
	access cairn.Access
	given  cairn.Role
	target cairn.Target
	verb   cairn.Verb
}

func (q question) allowed() bool {
	t := q.target
	t.Role = cairn.EffectiveRole(q.actor, q.access, q.given)
	return cairn.Can(q.actor, q.verb, t)
}

func drawQuestion(t *rapid.T) question {
	verbs := append(cairn.Verbs(), "", "take over the world")
	q := question{
		actor: cairn.Actor{
			User:     rapid.SampledFrom([]cairn.ID{0, self, other}).Draw(t, "user"),
			System:   rapid.Bool().Draw(t, "system"),
			Admin:    rapid.Bool().Draw(t, "admin"),
			ReadOnly: rapid.Bool().Draw(t, "read only"),
		},
		access: rapid.SampledFrom([]cairn.Access{cairn.AccessOpen, cairn.AccessLimited, cairn.AccessPrivate, ""}).Draw(t, "access"),
		given:  rapid.SampledFrom(roles()).Draw(t, "role"),
		target: cairn.Target{
			InProject: rapid.Bool().Draw(t, "in project"),
			Archived:  rapid.Bool().Draw(t, "archived"),
			Author:    rapid.SampledFrom([]cairn.ID{0, self, other}).Draw(t, "author"),
		},
		verb: rapid.SampledFrom(verbs).Draw(t, "verb"),
	}
	return q
}

// reads are the verbs that change nothing.
func reads() []cairn.Verb {
	return []cairn.Verb{cairn.SeePeople, cairn.SeeTemplates, cairn.SeeInbox, cairn.ReadProject, cairn.ExportProject, cairn.ReadHistory, cairn.SeeImports, cairn.SeeInsightImports, cairn.SeeCustomers}
}

func TestPolicyProperties(t *testing.T) {
	properties := map[string]func(q question) error{
		"more of a role never loses a right": func(q question) error {
			for _, more := range roles() {
				richer := q
				richer.given = max(q.given, more)
				if q.allowed() && !richer.allowed() {
					return fmt.Errorf("given %s is allowed, given %s is not", q.given, richer.given)
				}
			}
			return nil
		},
		"a more open project never loses a right": func(q question) error {
			order := []cairn.Access{cairn.AccessPrivate, cairn.AccessLimited, cairn.AccessOpen}
			for i, access := range order {
				narrow, wide := q, q
				narrow.access = access
				for _, wide.access = range order[i:] {
					if narrow.allowed() && !wide.allowed() {
						return fmt.Errorf("%s is allowed, %s is not", narrow.access, wide.access)
					}
				}
			}
			return nil
		},
		"administering the workspace never loses a right": func(q question) error {
			richer := q
			richer.actor.Admin = true
			if q.allowed() && !richer.allowed() {
				return fmt.Errorf("a member is allowed, an administrator is not")
			}
			return nil
		},
		"a read-scoped token never writes": func(q question) error {
			q.actor.ReadOnly = true
			if q.allowed() && !slices.Contains(reads(), q.verb) {
				return fmt.Errorf("it may %s", q.verb)
			}
			return nil
		},
		"a token never has a right that its owner has not": func(q question) error {
			token, owner := q, q
			token.actor.ReadOnly, owner.actor.ReadOnly = true, false
			if token.allowed() && !owner.allowed() {
				return fmt.Errorf("only the token is allowed")
			}
			return nil
		},
		"nobody gets nothing": func(q question) error {
			q.actor.User, q.actor.System = 0, false
			if q.allowed() {
				return fmt.Errorf("nobody may %s", q.verb)
			}
			return nil
		},
		"whoever may do anything in a project may read it": func(q question) error {
			q.target.InProject = true
			reader := q
			reader.verb = cairn.ReadProject
			if q.allowed() && !reader.allowed() {
				return fmt.Errorf("may %s and not read", q.verb)
			}
			return nil
		},
		"archiving a project gives nobody a right": func(q question) error {
			live, archived := q, q
			live.target.Archived, archived.target.Archived = false, true
			if archived.allowed() && !live.allowed() {
				return fmt.Errorf("allowed only while archived")
			}
			return nil
		},
		"an unknown verb is refused to everybody": func(q question) error {
			if !slices.Contains(cairn.Verbs(), q.verb) && q.allowed() {
				return fmt.Errorf("%q is allowed", q.verb)
			}
			return nil
		},
		"a verb belongs to the workspace or to projects, not to both": func(q question) error {
			elsewhere := q
			elsewhere.target.InProject = !q.target.InProject
			if q.allowed() && elsewhere.allowed() {
				return fmt.Errorf("%s is allowed with and without a project", q.verb)
			}
			return nil
		},
	}
	for name, holds := range properties {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				if err := holds(drawQuestion(t)); err != nil {
					t.Fatal(err)
				}
			})
		})
	}
}

func TestRoleNames(t *testing.T) {
	for _, r := range roles() {
		text, err := r.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var back cairn.Role
		if err := back.UnmarshalText(text); err != nil || back != r {
			t.Errorf("%s reads back as %s, %v", r, back, err)
		}
	}
	var r cairn.Role
	for _, wrong := range []string{"", "Admin", "owner", "4"} {
		if err := r.UnmarshalText([]byte(wrong)); cairn.CodeOf(err) != cairn.CodeInvalid {
			t.Errorf("%q reads as a role: %v", wrong, err)
		}
	}
	if got := cairn.Role(99).String(); got != "none" {
		t.Errorf("an impossible role is called %q; want none", got)
	}
}

func BenchmarkCan(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		cairn.Can(member, cairn.EditIdea, cairn.Target{InProject: true, Role: cairn.RoleEditor})
	}
}
