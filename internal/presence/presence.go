// Package presence keeps who is looking at what, and editing what, at this
// moment: in memory, on every node alike, and in no log.
//
// Start at Book. A tab says where it is (Put); it counts as there for as long as
// its live stream is open on some node, which Open says. The rules are numbered
// in docs/spec/presence.md.
package presence

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"cairn"
)

const (
	// leaveAfter is how long a tab whose stream has ended may take to come back.
	leaveAfter = 2 * time.Second
	// renewEvery is how often a node tells the others of the tabs that it holds,
	// forgetAfter when a tab that nobody tells of is gone.
	renewEvery  = 20 * time.Second
	forgetAfter = 60 * time.Second
	// maxTabs is how many tabs of one person are known at most.
	maxTabs = 20
	// askAll asks the other nodes for all that they hold.
	askAll = "?"
)

// Place is where a tab is; zero values are nowhere.
type Place struct {
	Project cairn.ID `json:"p,omitempty"`
	View    cairn.ID `json:"v,omitempty"`
	Idea    cairn.ID `json:"i,omitempty"`
	// Field is what is being edited of the idea.
	Field string `json:"f,omitempty"`
}

// Tab is one page of one person in a browser. Its name is made up by the page.
type Tab struct {
	User cairn.ID `json:"u"`
	Name string   `json:"t"`
}

// message is what nodes tell each other of a tab.
type message struct {
	Tab
	Place
	Gone bool `json:"x,omitempty"`
}

// seat is a tab that is known.
type seat struct {
	tab   Tab
	place Place
	// heard is when it was last told of.
	heard time.Time
	// held counts its streams on this node, changed those who wait for news.
	held    int
	changed map[chan struct{}]bool
	leaving *time.Timer
}

// Book is who is where. Make it with New; all methods are safe for concurrent use.
type Book struct {
	now  func() time.Time
	tell func(string)

	mu   sync.Mutex
	tabs map[cairn.ID]map[string]*seat
	// at holds who is at a view or an idea, by its id; watching who shows a view of
	// a project, and editing who edits something in it, by the project's.
	at, watching, editing seats
}

// seats are sets of tabs, by what they have in common.
type seats map[cairn.ID]map[*seat]bool

func (l seats) add(id cairn.ID, s *seat) {
	if l[id] == nil {
		l[id] = make(map[*seat]bool)
	}
	l[id][s] = true
}

func (l seats) remove(id cairn.ID, s *seat) {
	if delete(l[id], s); len(l[id]) == 0 {
		delete(l, id)
	}
}

// wake says to the tabs of a set that there may be news for them.
func (l seats) wake(id cairn.ID) {
	for s := range l[id] {
		s.wake()
	}
}

// New makes an empty book. tell sends a message to all other nodes; it must not
// wait, and may lose some.
func New(now func() time.Time, tell func(string)) *Book {
	return &Book{
		now: now, tell: tell, tabs: make(map[cairn.ID]map[string]*seat),
		at: make(seats), watching: make(seats), editing: make(seats),
	}
}

// Put says where a tab is.
func (b *Book) Put(tab Tab, place Place) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.put(tab, place)
	b.send(message{Tab: tab, Place: place})
}

// Open says that the stream of a tab is open on this node. changed receives when
// the answer of Around may be another one; close ends it.
func (b *Book) Open(tab Tab) (changed <-chan struct{}, close func()) {
	c := make(chan struct{}, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.seat(tab)
	if s.leaving != nil {
		s.leaving.Stop()
		s.leaving = nil
	}
	s.held++
	s.changed[c] = true
	c <- struct{}{} // what is known already
	return c, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(s.changed, c)
		if s.held--; s.held == 0 {
			s.leaving = time.AfterFunc(leaveAfter, func() { b.leave(s) })
		}
	}
}

// leave removes a tab whose stream has ended and did not come back.
func (b *Book) leave(s *seat) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if s.held > 0 || b.tabs[s.tab.User][s.tab.Name] != s {
		return
	}
	b.drop(s)
	b.send(message{Tab: s.tab, Gone: true})
}

// Hear takes what another node told; "" says that some may have been missed.
func (b *Book) Hear(text string) {
	switch text {
	case "":
		b.tell(askAll)
		b.renew()
		return
	case askAll:
		b.renew()
		return
	}
	var m message
	if json.Unmarshal([]byte(text), &m) != nil || m.User == 0 {
		return // of a node of another version
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if !m.Gone {
		b.put(m.Tab, m.Place)
		return
	}
	// A tab that came back on this node is not gone.
	if s, ok := b.tabs[m.User][m.Name]; ok && s.held == 0 {
		b.drop(s)
	}
}

// Run takes what other nodes tell, tells them of the tabs held here, and forgets
// those that nobody tells of, until ctx ends.
func (b *Book) Run(ctx context.Context, told <-chan string) {
	tick := time.NewTicker(renewEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case text := <-told:
			b.Hear(text)
		case <-tick.C:
			b.renew()
			b.Forget()
		}
	}
}

// Forget drops the tabs that nobody holds or tells of any more.
func (b *Book) Forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	before := b.now().Add(-forgetAfter)
	for _, own := range b.tabs {
		for _, s := range own {
			if s.held == 0 && s.heard.Before(before) {
				b.drop(s)
			}
		}
	}
}

func (b *Book) renew() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, own := range b.tabs {
		for _, s := range own {
			if s.held > 0 && s.place != (Place{}) {
				b.send(message{Tab: s.tab, Place: s.place})
			}
		}
	}
}

func (b *Book) send(m message) {
	raw, err := json.Marshal(m)
	if err == nil {
		b.tell(string(raw))
	}
}

// seat finds a tab, or makes it in place of the one of the same person that was
// not heard of for longest. The caller holds mu, as for all below.
func (b *Book) seat(tab Tab) *seat {
	own := b.tabs[tab.User]
	if s, ok := own[tab.Name]; ok {
		return s
	}
	if own == nil {
		own = make(map[string]*seat)
		b.tabs[tab.User] = own
	}
	if len(own) >= maxTabs {
		var oldest *seat
		for _, s := range own {
			if s.held == 0 && (oldest == nil || s.heard.Before(oldest.heard)) {
				oldest = s
			}
		}
		if oldest != nil {
			b.drop(oldest)
			b.tabs[tab.User] = own
		}
	}
	s := &seat{tab: tab, heard: b.now(), changed: make(map[chan struct{}]bool)}
	own[tab.Name] = s
	return s
}

func (b *Book) put(tab Tab, place Place) {
	s := b.seat(tab)
	s.heard = b.now()
	if s.place == place {
		return
	}
	b.unseat(s)
	s.place = place
	for _, id := range place.looked() {
		b.at.add(id, s)
		b.at.wake(id)
	}
	if place.View != 0 {
		b.watching.add(place.Project, s)
	}
	if place.Field != "" {
		b.editing.add(place.Project, s)
		b.watching.wake(place.Project)
	}
	s.wake()
}

func (b *Book) unseat(s *seat) {
	for _, id := range s.place.looked() {
		b.at.remove(id, s)
		b.at.wake(id)
	}
	b.watching.remove(s.place.Project, s)
	if s.place.Field != "" {
		b.editing.remove(s.place.Project, s)
		b.watching.wake(s.place.Project)
	}
}

// looked is the view and the idea of a place, as far as it has them.
func (p Place) looked() []cairn.ID {
	return slices.DeleteFunc([]cairn.ID{p.View, p.Idea}, func(id cairn.ID) bool { return id == 0 })
}

func (b *Book) drop(s *seat) {
	b.unseat(s)
	own := b.tabs[s.tab.User]
	if delete(own, s.tab.Name); len(own) == 0 {
		delete(b.tabs, s.tab.User)
	}
}

func (s *seat) wake() {
	for c := range s.changed {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}
