package cairn

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Hook is a webhook: changes are sent to an address of somebody's choice. The
// address itself and the secret lie beside the log, since both let others in.
type Hook struct {
	ID      ID    `json:"-"`
	Project ID    `json:"-"` // 0: of the whole workspace
	Version int64 `json:"-"`
	// Name says what it is for, Host where it leads.
	Name string `json:"name"`
	Host string `json:"host"`
	// Kinds are those whose changes are sent; none is every kind.
	Kinds []Kind `json:"kinds,omitempty"`
	// Fields are those of ideas whose changes are sent; none is every field. New and
	// deleted ideas are sent anyhow.
	Fields []Ref `json:"fields,omitempty"`
	// Paused is why nothing is sent now; "" is that it is sent.
	Paused HookPause `json:"paused,omitempty"`
	// Author made it.
	Author    ID        `json:"author,omitempty"`
	CreatedAt time.Time `json:"createdAt"`
}

// HookPause says why a webhook sends nothing.
type HookPause string

// The reasons.
const (
	HookRuns    HookPause = ""
	HookByHand  HookPause = "hand"    // an administrator paused it
	HookFailing HookPause = "failing" // its target did not take anything for days
	HookGone    HookPause = "gone"    // its target said that it is gone (410)
)

// Limits of a webhook.
const (
	MaxHookName   = 120
	MaxHookFields = 100
)

// Entity returns the webhook's stored form.
func (h *Hook) Entity() (Entity, error) {
	attrs, err := AttrsOf(h)
	return Entity{ID: h.ID, Kind: KindHook, Project: h.Project, Version: h.Version, Attrs: attrs}, err
}

// HookOf reads a webhook from its stored form.
func HookOf(e Entity) (Hook, error) {
	h := Hook{ID: e.ID, Project: e.Project, Version: e.Version}
	return h, e.Attrs.Decode(&h)
}

// HookKinds are the kinds whose changes webhooks send: those that anybody hears of.
func HookKinds() []Kind {
	var out []Kind
	for i := range kinds {
		if kinds[i].Audience != AudienceNobody {
			out = append(out, kinds[i].Kind)
		}
	}
	return out
}

// Clean checks and tidies what a person entered.
func (h *Hook) Clean() error {
	h.Name = strings.Join(strings.Fields(h.Name), " ")
	n := utf8.RuneCountInString(h.Name)
	switch {
	case n == 0:
		return Invalid("name", "Enter a name for the webhook that says what it is for")
	case n > MaxHookName:
		return Invalid("name", "The name of a webhook has at most %d characters; this one has %d", MaxHookName, n)
	case len(h.Fields) > MaxHookFields:
		return Invalid("fields", "A webhook is bound to at most %d fields; these are %d", MaxHookFields, len(h.Fields))
	}
	known := HookKinds()
	for _, k := range h.Kinds {
		if !slices.Contains(known, k) {
			return Invalid("kinds", "Changes of %q are not sent; choose among %s", k, joinKinds(known))
		}
	}
	slices.Sort(h.Kinds)
	h.Kinds = slices.Compact(h.Kinds)
	slices.Sort(h.Fields)
	h.Fields = slices.Compact(h.Fields)
	return nil
}

func joinKinds(list []Kind) string {
	names := make([]string, len(list))
	for i, k := range list {
		names[i] = string(k)
	}
	return strings.Join(names, ", ")
}

// Wants returns the changes of a set that the webhook sends; none when the set
// does not concern it.
func (h *Hook) Wants(set *ChangeSet) []Change {
	if h.Project != 0 && set.Project != h.Project {
		return nil
	}
	var out []Change
	for _, c := range set.Changes {
		if h.wants(c) {
			out = append(out, c)
		}
	}
	return out
}

func (h *Hook) wants(c Change) bool {
	if info, ok := c.Kind.Info(); !ok || info.Audience == AudienceNobody {
		return false
	}
	if len(h.Kinds) > 0 && !slices.Contains(h.Kinds, c.Kind) {
		return false
	}
	if c.Attr == "updatedAt" || c.Attr == "updatedBy" {
		return false // the set itself says who and when
	}
	return c.Kind != KindIdea || c.Attr == "" || len(h.Fields) == 0 || slices.Contains(h.Fields, Ref(c.Attr))
}
