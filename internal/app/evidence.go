package app

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"slices"

	"cairn"
	"cairn/internal/store"
)

// newGroup makes up the name of a group of change sets.
func newGroup() string {
	b := make([]byte, 12)
	rand.Read(b) // never fails
	return "e" + hex.EncodeToString(b)
}

// newEvidence authorises linking to an idea: the caller may link in its project.
func (a *App) newEvidence(ctx context.Context, by Caller, in NewEvidence) (cairn.Evidence, error) {
	p, err := a.readableIdea(ctx, by, in.Idea, cairn.LinkInsight)
	if err != nil {
		return cairn.Evidence{}, err
	}
	l := cairn.Evidence{Project: p.ID, Idea: in.Idea, Quote: in.Quote, CreatedBy: by.User}
	return l, l.Validate()
}

// createEvidence stores a link and notes it on the idea.
func createEvidence(tx store.Tx, by Caller, l cairn.Evidence) (cairn.ID, error) {
	idea, err := tx.Entity(l.Idea)
	if err != nil || idea.Kind != cairn.KindIdea || idea.Project != l.Project {
		return 0, cairn.NotFound("The idea")
	}
	insight, err := tx.Entity(l.Insight)
	if err != nil || insight.Kind != cairn.KindInsight {
		return 0, cairn.NotFound("The insight")
	}
	if owner, err := tx.Lookup(cairn.EvidenceKey(l.Idea, l.Insight)); err != nil || owner != 0 {
		if err != nil {
			return 0, err
		}
		return 0, cairn.Conflict("The insight belongs to this idea already")
	}
	l.CreatedAt = tx.Now()
	e, err := l.Entity()
	if err != nil {
		return 0, err
	}
	id, err := tx.Create(e)
	if err != nil {
		return 0, err
	}
	return id, touchIdea(tx, by, idea)
}

func touchIdea(tx store.Tx, by Caller, e cairn.Entity) error {
	e.Attrs = cloneAttrs(e.Attrs)
	touch(tx, by, e.Attrs)
	return tx.Put(e)
}

func deleteEvidence(tx store.Tx, by Caller, l cairn.Evidence) error {
	switch err := tx.Delete(l.ID); cairn.CodeOf(err) {
	case cairn.CodeNotFound:
		return nil // gone with its idea
	case "":
	default:
		return err
	}
	idea, err := tx.Entity(l.Idea)
	if cairn.CodeOf(err) == cairn.CodeNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	return touchIdea(tx, by, idea)
}

// dropEvidence removes the links that a query finds, for an idea that goes.
func dropEvidence(tx store.Tx, q store.Query) error {
	q.Kinds = []cairn.Kind{cairn.KindEvidence}
	var links []cairn.ID
	if err := tx.Scan(q, func(e cairn.Entity) error {
		links = append(links, e.ID)
		return nil
	}); err != nil {
		return err
	}
	for _, id := range links {
		if err := tx.Delete(id); err != nil {
			return err
		}
	}
	return nil
}

// LinkInsight makes an insight evidence of an idea, with a quote of its own if
// one is given. The caller reads the insight and may link in the idea's project,
// whose readers see the insight from then on.
func (a *App) LinkInsight(ctx context.Context, by Caller, insight cairn.ID, in NewEvidence) (InsightInfo, error) {
	i, _, err := a.readableInsight(by, insight)
	if err != nil {
		return InsightInfo{}, err
	}
	l, err := a.newEvidence(ctx, by, in)
	if err != nil {
		return InsightInfo{}, err
	}
	if len(a.evidence.linksOfInsight(insight)) >= cairn.MaxInsightLinks {
		return InsightInfo{}, cairn.Errorf(cairn.CodeTooLarge, "The insight belongs to %d ideas, which is the most; take it off some first", cairn.MaxInsightLinks)
	}
	insight = i.ID // the whole of what was named
	if slices.ContainsFunc(a.evidence.linksOfInsight(insight), func(other cairn.Evidence) bool { return other.Idea == l.Idea }) {
		return InsightInfo{}, cairn.Conflict("The insight belongs to this idea already")
	}
	l.Insight, l.Seen = insight, i.Version
	if _, err = a.write(ctx, by, l.Project, func(tx store.Tx) error {
		_, err := createEvidence(tx, by, l)
		return err
	}); err != nil {
		return InsightInfo{}, err
	}
	return a.Insight(ctx, by, insight)
}

// editableEvidence finds a link that the caller may change.
func (a *App) editableEvidence(by Caller, id cairn.ID) (cairn.Evidence, error) {
	l, ok := a.evidence.link(id)
	if !ok {
		return l, cairn.NotFound("The link")
	}
	_, err := a.mayBy(by, l.Project, cairn.UnlinkInsight, l.CreatedBy)
	if cairn.CodeOf(err) == cairn.CodeNotFound {
		err = cairn.NotFound("The link")
	}
	return l, err
}

// QuoteEvidence changes which part of an insight speaks of an idea.
func (a *App) QuoteEvidence(ctx context.Context, by Caller, id cairn.ID, quote string) (InsightInfo, error) {
	l, err := a.editableEvidence(by, id)
	if err != nil {
		return InsightInfo{}, err
	}
	_, err = a.write(ctx, by, l.Project, func(tx store.Tx) error {
		e, err := tx.Entity(id)
		if err != nil {
			return err
		}
		if l, err = cairn.EvidenceOf(e); err != nil {
			return err
		}
		l.Quote = quote
		if err := l.Validate(); err != nil {
			return err
		}
		if e, err = l.Entity(); err != nil {
			return err
		}
		return tx.Put(e)
	})
	if err != nil {
		return InsightInfo{}, err
	}
	return a.Insight(ctx, by, l.Insight)
}

// UnlinkInsight takes an insight, and what was merged into it, off an idea.
func (a *App) UnlinkInsight(ctx context.Context, by Caller, id cairn.ID) error {
	l, err := a.editableEvidence(by, id)
	if err != nil {
		return err
	}
	var all []cairn.Evidence
	for _, other := range a.evidence.everyLink(l.Insight) {
		if other.Idea != l.Idea {
			continue
		}
		if _, err := a.editableEvidence(by, other.ID); err != nil {
			return err
		}
		all = append(all, other)
	}
	_, err = a.write(ctx, by, l.Project, func(tx store.Tx) error {
		for _, l := range all {
			if err := deleteEvidence(tx, by, l); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

// undoEvidence takes back one change of a link.
func undoEvidence(tx store.Tx, by Caller, c cairn.Change) error {
	var l cairn.Evidence
	if c.Created() {
		s, err := cairn.ParseSnapshot(c.New)
		if err != nil {
			return err
		}
		// Its ends must still be there.
		if l, err = cairn.EvidenceOf(cairn.Entity{ID: c.ID, Parent: s.Parent, Attrs: s.Attrs}); err != nil {
			return err
		}
		for _, id := range []cairn.ID{l.Idea, l.Insight} {
			if _, err := tx.Entity(id); err != nil {
				return err
			}
		}
	} else {
		e, err := tx.Entity(c.ID)
		if err != nil {
			return err
		}
		if l, err = cairn.EvidenceOf(e); err != nil {
			return err
		}
	}
	if c.Deleted() {
		return deleteEvidence(tx, by, l)
	}
	if err := tx.Apply(c); err != nil || c.Attr != "" {
		return err
	}
	idea, err := tx.Entity(l.Idea)
	if err != nil {
		return err
	}
	return touchIdea(tx, by, idea)
}

// provesIdea reports whether a change of a link is about an idea.
func (a *App) provesIdea(c cairn.Change, idea cairn.ID) bool {
	if c.Attr != "" {
		l, ok := a.evidence.link(c.ID)
		return ok && l.Idea == idea && c.Attr == "quote"
	}
	raw := c.New
	if c.Deleted() {
		raw = c.Old
	}
	s, err := cairn.ParseSnapshot(raw)
	return err == nil && s.Parent == idea
}
