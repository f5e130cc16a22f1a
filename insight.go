package cairn

import (
	"net/url"
	"strings"
	"time"
	"unicode/utf8"
)

// Direction says which way an insight points.
type Direction string

// The directions.
const (
	DirectionFor     Direction = ""        // it supports what it is linked to
	DirectionAgainst Direction = "against" // it speaks against it
)

// Reliability says how much an insight is to be trusted.
type Reliability string

// The reliabilities.
const (
	ReliabilityUnknown Reliability = ""
	ReliabilityLow     Reliability = "low"    // hearsay, one voice
	ReliabilityMedium  Reliability = "medium" // said by those concerned
	ReliabilityHigh    Reliability = "high"   // observed or measured
)

// Limits of insights.
const (
	MaxImportance = 5
	MaxQuote      = 10_000 // bytes
	MaxURL        = 2000   // bytes
	MaxIcon       = 16_384 // bytes of an icon as a data URL
	// MaxInsightLinks is how many ideas one insight may belong to.
	MaxInsightLinks = 100
)

// Insight is a piece of evidence: what somebody said, did or measured. It has a
// home project, in whose inbox it waits until it is linked to ideas, there or
// anywhere else (Evidence).
type Insight struct {
	ID      ID    `json:"-"`
	Project ID    `json:"-"`
	Version int64 `json:"-"`
	// Title is one line; Note is Markdown.
	Title string `json:"title"`
	Note  string `json:"-"`
	// URL is where it comes from; Page and Icon are that page's title and its
	// icon as a data URL.
	URL  string `json:"url,omitempty"`
	Page string `json:"page,omitempty"`
	Icon string `json:"icon,omitempty"`
	// Person and Company are the customers who said it; 0 for none.
	Person  ID `json:"person,omitempty"`
	Company ID `json:"company,omitempty"`
	// On is the day it was said, as YYYY-MM-DD.
	On string `json:"on"`
	// Importance goes from 0 (not rated) to 5.
	Importance  int         `json:"importance,omitempty"`
	Direction   Direction   `json:"direction,omitempty"`
	Reliability Reliability `json:"reliability,omitempty"`
	Labels      []string    `json:"labels,omitempty"`
	// Recorded holds the customers' values as they were when they were named.
	Recorded CustomerValues `json:"recorded,omitempty"`
	// ParkedUntil is the day it comes back into the inbox; "" when not parked.
	ParkedUntil string `json:"parkedUntil,omitempty"`
	// Dismissed is why nothing is done with it; "" when it was not dismissed.
	Dismissed string `json:"dismissed,omitempty"`
	// MergedInto is the insight that this one was merged into; 0 for none.
	MergedInto ID        `json:"mergedInto,omitempty"`
	CreatedAt  time.Time `json:"createdAt"`
	CreatedBy  ID        `json:"createdBy,omitempty"`
	UpdatedAt  time.Time `json:"updatedAt"`
	// Source and SourceID say where an imported insight came from.
	Source   string `json:"source,omitempty"`
	SourceID string `json:"sourceId,omitempty"`
}

// Validate checks what an insight says by itself and tidies its title, labels
// and address.
func (i *Insight) Validate() error {
	title, err := CleanTitle(i.Title)
	if err != nil {
		return Invalid("title", "An insight needs a title of at most %d characters", MaxTitle)
	}
	i.Title = title
	if err := CheckDescription(i.Note); err != nil {
		return Invalid("note", "The note is text of at most %d bytes", MaxLongText)
	}
	if err := i.cleanURL(); err != nil {
		return err
	}
	if _, ok := ParseDay(i.On); !ok {
		return Invalid("on", "%q is not a day: write it as 2026-11-28", i.On)
	}
	if _, ok := ParseDay(i.ParkedUntil); !ok && i.ParkedUntil != "" {
		return Invalid("parkedUntil", "%q is not a day: write it as 2026-11-28", i.ParkedUntil)
	}
	switch {
	case i.Importance < 0 || i.Importance > MaxImportance:
		return Invalid("importance", "The importance goes from 0 to %d, not %d", MaxImportance, i.Importance)
	case i.Direction != DirectionFor && i.Direction != DirectionAgainst:
		return Invalid("direction", "An insight supports (empty) or speaks against; %q is neither", i.Direction)
	case utf8.RuneCountInString(i.Dismissed) > MaxVoteComment:
		return Invalid("dismissed", "The reason is one line of at most %d characters", MaxVoteComment)
	}
	switch i.Reliability {
	case ReliabilityUnknown, ReliabilityLow, ReliabilityMedium, ReliabilityHigh:
	default:
		return Invalid("reliability", "The reliability is low, medium or high, not %q", i.Reliability)
	}
	return i.cleanLabels()
}

func (i *Insight) cleanURL() error {
	i.URL = strings.TrimSpace(i.URL)
	if len(i.Icon) > MaxIcon || (i.Icon != "" && !strings.HasPrefix(i.Icon, "data:image/")) {
		i.Icon = ""
	}
	if i.URL == "" {
		i.Page, i.Icon = "", ""
		return nil
	}
	u, err := url.Parse(i.URL)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || len(i.URL) > MaxURL {
		return Invalid("url", "%q is not the address of a page: it begins with https:// or http://", clip([]byte(i.URL)))
	}
	return nil
}

func (i *Insight) cleanLabels() error {
	var out []string
	seen := make(map[string]bool)
	for _, l := range i.Labels {
		l = strings.TrimSpace(l)
		if l == "" || seen[l] {
			continue
		}
		if utf8.RuneCountInString(l) > MaxLabel {
			return Invalid("labels", "A label has at most %d characters", MaxLabel)
		}
		seen[l] = true
		out = append(out, l)
	}
	if len(out) > 50 {
		return Invalid("labels", "An insight has at most 50 labels; these are %d", len(out))
	}
	i.Labels = out
	return nil
}

// Entity returns the insight's stored form.
func (i *Insight) Entity() (Entity, error) {
	attrs, err := AttrsOf(i)
	return Entity{ID: i.ID, Kind: KindInsight, Project: i.Project, Version: i.Version, Attrs: attrs, Text: i.Note}, err
}

// InsightOf reads an insight from its stored form.
func InsightOf(e Entity) (Insight, error) {
	i := Insight{ID: e.ID, Project: e.Project, Version: e.Version, Note: e.Text}
	err := e.Attrs.Decode(&i)
	return i, err
}

// Evidence links an insight to an idea. It belongs to the idea's project and
// hangs on the idea; the insight may be of another project.
type Evidence struct {
	ID      ID    `json:"-"`
	Project ID    `json:"-"`
	Version int64 `json:"-"`
	Idea    ID    `json:"-"`
	Insight ID    `json:"insight"`
	// Quote is the part of the insight that speaks of this idea; "" is all.
	Quote     string    `json:"quote,omitempty"`
	CreatedAt time.Time `json:"createdAt"`
	CreatedBy ID        `json:"createdBy,omitempty"`
	// Seen is the moment of the log when the insight was last told to this project: a
	// change of an insight elsewhere reaches the readers of this one by it.
	Seen int64 `json:"seen,omitempty"`
}

// Validate checks the quote.
func (l *Evidence) Validate() error {
	l.Quote = strings.TrimSpace(l.Quote)
	if !utf8.ValidString(l.Quote) || len(l.Quote) > MaxQuote {
		return Invalid("quote", "The quote is text of at most %d bytes", MaxQuote)
	}
	return nil
}

// Entity returns the link's stored form.
func (l *Evidence) Entity() (Entity, error) {
	attrs, err := AttrsOf(l)
	return Entity{ID: l.ID, Kind: KindEvidence, Project: l.Project, Parent: l.Idea, Version: l.Version, Attrs: attrs}, err
}

// EvidenceOf reads a link from its stored form.
func EvidenceOf(e Entity) (Evidence, error) {
	l := Evidence{ID: e.ID, Project: e.Project, Version: e.Version, Idea: e.Parent}
	err := e.Attrs.Decode(&l)
	return l, err
}

// EvidenceKey is the key of a link, so that an insight belongs to an idea once.
func EvidenceKey(idea, insight ID) Key {
	return Key{"evidence:" + idea.String(), insight.String()}
}
