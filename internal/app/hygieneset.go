package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"cairn"
	"cairn/internal/store"
)

// scopeHygiene holds what somebody said is no problem; key: project/kind/target.
// It lies beside the log: it says nothing of the product.
const scopeHygiene = "hygiene"

const (
	maxIgnored     = 10_000
	maxIgnoredDays = 365
)

// HygieneIgnored is why something that looks rotten is no problem.
type HygieneIgnored struct {
	By    cairn.ID  `json:"by"`
	At    time.Time `json:"at"`
	Until time.Time `json:"until"`
	Why   string    `json:"why,omitempty"`
}

func hygieneKey(project cairn.ID, rest string) string { return hexID(project) + "/" + rest }

// hygieneIgnored returns what is ignored in a project, by kind/target.
func (a *App) hygieneIgnored(ctx context.Context, project cairn.ID) (map[string]HygieneIgnored, error) {
	prefix := hygieneKey(project, "")
	list, err := a.store.PrivateRange(ctx, scopeHygiene, store.Prefix(prefix), maxIgnored)
	if err != nil {
		return nil, err
	}
	out := make(map[string]HygieneIgnored, len(list))
	for _, p := range list {
		var i HygieneIgnored
		if err := json.Unmarshal(p.Value, &i); err != nil {
			return nil, err
		}
		if i.Until.After(a.now()) {
			out[strings.TrimPrefix(p.Key, prefix)] = i
		}
	}
	return out, nil
}

// HygieneTarget names a finding.
type HygieneTarget struct {
	Kind   cairn.HygieneKind
	Target string
}

func (t HygieneTarget) check() error {
	if !slices.Contains(cairn.HygieneKinds(), t.Kind) {
		return cairn.Invalid("kind", "%q is no kind of finding", t.Kind)
	}
	for _, part := range strings.SplitN(t.Target, "-", 2) {
		if _, err := cairn.ParseID(part); err != nil {
			return cairn.Invalid("target", "%q names no finding: it is the target that the report gives", t.Target)
		}
	}
	return nil
}

// HygieneAside puts a finding aside for some days, and says why.
type HygieneAside struct {
	HygieneTarget
	Days int
	Why  string
}

// IgnoreHygiene says for some days that something is no problem, and why (HYG-11).
func (a *App) IgnoreHygiene(ctx context.Context, by Caller, project cairn.ID, t HygieneAside) error {
	if _, err := a.mayIn(by, project, cairn.EditIdea); err != nil {
		return err
	}
	why := strings.Join(strings.Fields(t.Why), " ")
	switch {
	case t.Days < 1 || t.Days > maxIgnoredDays:
		return cairn.Invalid("days", "It can be put aside for 1 to %d days, not %d", maxIgnoredDays, t.Days)
	case utf8.RuneCountInString(why) > cairn.MaxVoteComment:
		return cairn.Invalid("why", "The reason is one line of at most %d characters", cairn.MaxVoteComment)
	}
	if err := t.check(); err != nil {
		return err
	}
	known, err := a.hygieneIgnored(ctx, project)
	if err != nil {
		return err
	}
	if len(known) >= maxIgnored {
		return cairn.Errorf(cairn.CodeTooLarge, "%d findings of this project are put aside, which is the most", maxIgnored)
	}
	_, err = a.write(ctx, by, 0, func(tx store.Tx) error {
		i := HygieneIgnored{By: by.User, At: tx.Now(), Until: tx.Now().AddDate(0, 0, t.Days), Why: why}
		return putPrivate(tx, store.Private{Scope: scopeHygiene, Key: hygieneKey(project, fmt.Sprintf("%s/%s", t.Kind, t.Target)), ExpiresAt: i.Until}, i)
	})
	return err
}

// HeedHygiene takes back that something is no problem.
func (a *App) HeedHygiene(ctx context.Context, by Caller, project cairn.ID, t HygieneTarget) error {
	if _, err := a.mayIn(by, project, cairn.EditIdea); err != nil {
		return err
	}
	if err := t.check(); err != nil {
		return err
	}
	_, err := a.write(ctx, by, 0, func(tx store.Tx) error {
		return tx.DropPrivate(scopeHygiene, hygieneKey(project, fmt.Sprintf("%s/%s", t.Kind, t.Target)))
	})
	return err
}

// SetHygiene says how a project looks at what rots.
func (a *App) SetHygiene(ctx context.Context, by Caller, project cairn.ID, in cairn.Hygiene) error {
	if _, err := a.mayIn(by, project, cairn.ChangeProject); err != nil {
		return err
	}
	if err := in.Validate(); err != nil {
		return err
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return err
	}
	if f, ok := st.state.Field(in.Score); in.Score != "" && (!ok || !numeric(f.Type)) {
		return cairn.Invalid("score", "The score is a field that gives a number")
	}
	if f, ok := st.state.Field(in.Date); in.Date != "" && (!ok || f.Type != cairn.TypeDate && f.Type != cairn.TypeInterval) {
		return cairn.Invalid("date", "The date is a field with a date or an interval")
	}
	for _, c := range in.Closed {
		f, ok := st.state.Field(c.Field)
		if !ok || f.Type != cairn.TypeSelect || !slices.ContainsFunc(f.Options, func(o cairn.Option) bool { return o.ID == c.Option }) {
			return cairn.Invalid("closed", "What says that an idea is closed is an option of a select field")
		}
	}
	_, err = a.write(ctx, by, project, func(tx store.Tx) error {
		e, err := tx.Entity(project)
		if err != nil {
			return err
		}
		p := cairn.Project{ID: project}
		if err := e.Attrs.Decode(&p); err != nil {
			return err
		}
		p.Hygiene = &in
		return putAttrs(tx, e, p)
	})
	return err
}

func numeric(t cairn.FieldType) bool {
	info, _ := t.Info()
	return info.Numeric
}
