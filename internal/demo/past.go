package demo

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"cairn"
)

// pastDays is how far back the sample's past begins.
const pastDays = 43

// awayDays is how long the first person has not looked at any view.
const awayDays = 8

// Past is how the sample became what it is.
type Past struct {
	// From is when everything was set up.
	From time.Time
	// Ideas as they were then; those that came later are not among them.
	Ideas []Idea
	// Events since then, in order. After the last one the ideas are Demo.Ideas.
	Events []Event
	// Seen is when the first person looked at the views.
	Seen time.Time
}

// Event is what one person did at one moment. One of its other fields is set.
type Event struct {
	At time.Time
	// By is the person's key, Why the reason that they gave.
	By, Why string
	// Idea is the key of the idea that it is about.
	Idea string

	Made    *Idea
	Changed *Changed
	Said    *Comment
	Voted   *Votes
	Linked  *Link
	Heard   *Insight
	// Dropped says that the idea was deleted, Into names the idea that it was
	// merged into.
	Dropped bool
	Into    string
}

// Changed is how an idea was changed. Values without a kind are taken away.
type Changed struct {
	Values   map[string]Value
	Title    string
	Archived bool
	// After is the idea that it was moved behind.
	After string
}

//go:embed past.json
var pastEvents []byte

// eventJSON is an event as past.json has it: was has what the event changed, as
// it was before; what it became follows from the events after it and from
// ideas.json.
type eventJSON struct {
	Days    int
	By, Why string
	Idea    string
	Was     map[string]json.RawMessage
	// New says that the idea was made then.
	New bool
	// Lost are the values of an idea that was made then and is no longer there.
	Lost map[string]json.RawMessage
	Drop bool
	Into string
}

// past walks back from what is to what was.
func (d *Demo) past() (Past, error) {
	var list []eventJSON
	if err := json.Unmarshal(pastEvents, &list); err != nil {
		return Past{}, fmt.Errorf("sample past: %w", err)
	}
	w := pastWriter{d: d, types: make(map[string]cairn.FieldType), ideas: make(map[string]*Idea)}
	for _, f := range d.Fields {
		w.types[f.Name] = f.Type
	}
	start := slices.Clone(d.Ideas)
	for i := range start {
		start[i].Values = maps.Clone(start[i].Values)
		w.ideas[start[i].Key] = &start[i]
	}
	for i := len(list) - 1; i >= 0; i-- {
		if err := w.undo(&list[i]); err != nil {
			return Past{}, fmt.Errorf("sample past, %d days, %q: %w", list[i].Days, list[i].Idea, err)
		}
	}
	slices.Reverse(w.events)
	for i := range start {
		w.said(&start[i])
	}
	w.others()
	out := Past{From: Begin(d.Today), Events: w.ordered(), Seen: workday(d.Today - awayDays).Time().Add(7 * time.Hour)}
	for _, idea := range start {
		if !idea.later {
			out.Ideas = append(out.Ideas, idea)
		}
	}
	return out, nil
}

// Begin is when the past of the sample begins that is dated from that day.
func Begin(today cairn.Day) time.Time { return workday(today - pastDays).Time().Add(7 * time.Hour) }

// pastWriter collects events.
type pastWriter struct {
	d      *Demo
	types  map[string]cairn.FieldType
	ideas  map[string]*Idea
	events []dated
}

// dated is an event with its day, whose moment follows from what else happened
// on the day.
type dated struct {
	days int
	Event
}

func (w *pastWriter) add(days int, e Event) { w.events = append(w.events, dated{days, e}) }

// undo takes an event back from the ideas and notes what it made.
func (w *pastWriter) undo(in *eventJSON) error {
	e := Event{By: in.By, Why: in.Why, Idea: in.Idea, Dropped: in.Drop, Into: in.Into}
	idea, known := w.ideas[in.Idea]
	switch {
	case in.Drop || in.Into != "":
	case in.Lost != nil:
		made := Idea{Key: in.Idea, Title: in.Idea, Creator: in.By, Values: make(map[string]Value)}
		for name, raw := range in.Lost {
			v, err := value(w.types[name], raw, w.d.Today)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			made.Values[name] = v
		}
		e.Made = &made
	case !known:
		return fmt.Errorf("there is no such idea")
	case in.New:
		made := *idea
		made.Values = maps.Clone(idea.Values)
		made.Creator, made.Comments = in.By, nil
		idea.later, e.Made = true, &made
	default:
		changed, err := w.change(idea, in.Was)
		if err != nil {
			return err
		}
		e.Changed = changed
	}
	w.add(in.Days, e)
	return nil
}

// change gives an idea what was, and returns what it had instead.
func (w *pastWriter) change(idea *Idea, was map[string]json.RawMessage) (*Changed, error) {
	out := Changed{Values: make(map[string]Value)}
	for name, raw := range was {
		var err error
		switch name {
		case "title":
			out.Title = idea.Title
			err = json.Unmarshal(raw, &idea.Title)
		case "archived":
			out.Archived = idea.Archived
			err = json.Unmarshal(raw, &idea.Archived)
		case "after":
			out.After = w.d.Ideas[idea.Number-2].Key
			var title string
			if err = json.Unmarshal(raw, &title); err == nil && w.ideas[title] == nil {
				err = fmt.Errorf("there is no idea %q", title)
			} else if err == nil {
				idea.After = w.ideas[title].Number
			}
		default:
			if _, known := w.types[name]; !known {
				return nil, fmt.Errorf("there is no field %q", name)
			}
			out.Values[name] = idea.Values[name]
			delete(idea.Values, name)
			if string(raw) != "null" {
				idea.Values[name], err = value(w.types[name], raw, w.d.Today)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return &out, nil
}

// said takes the comments of the time out of the idea.
func (w *pastWriter) said(idea *Idea) {
	i := slices.IndexFunc(idea.Comments, func(c Comment) bool { return cairn.DayOf(c.CreatedAt) > w.d.Today-pastDays })
	if i < 0 {
		return
	}
	for _, c := range idea.Comments[i:] {
		w.add(int(cairn.DayOf(c.CreatedAt)-w.d.Today), Event{By: c.Author, Idea: idea.Key, Said: &c})
	}
	idea.Comments = idea.Comments[:i]
}

// others are votes, links and what was heard.
func (w *pastWriter) others() {
	for i, v := range w.d.Votes {
		w.add(-40+i*3, Event{By: v.Person, Idea: v.Idea, Voted: &v})
	}
	for _, l := range w.d.Links {
		if l.Days < 0 {
			w.add(l.Days, Event{By: l.By, Idea: l.From, Linked: &l})
		}
	}
	for _, in := range w.d.Voices.Insights {
		w.add(-min(in.Days, pastDays-1), Event{By: in.By, Heard: &in})
	}
}

// ordered gives every event its moment: within a day as they were noted, on
// working days.
func (w *pastWriter) ordered() []Event {
	slices.SortStableFunc(w.events, func(a, b dated) int { return a.days - b.days })
	out := make([]Event, len(w.events))
	nth, last := 0, cairn.Day(0)
	for i := range w.events {
		day := workday(w.d.Today + cairn.Day(w.events[i].days))
		if nth++; day != last {
			nth, last = 0, day
		}
		out[i] = w.events[i].Event
		out[i].At = day.Time().Add(8*time.Hour + time.Duration(nth*29+i*7%23)*time.Minute)
		if said := out[i].Said; said != nil {
			said.CreatedAt = out[i].At
		}
	}
	return out
}

// workday is the day, or the Friday before it.
func workday(d cairn.Day) cairn.Day {
	switch d.Time().Weekday() {
	case time.Saturday:
		return d - 1
	case time.Sunday:
		return d - 2
	}
	return d
}
