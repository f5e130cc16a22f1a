package presence

import (
	"fmt"
	"testing"
	"time"

	"cairn"
)

func everybody(cairn.ID, cairn.ID) bool { return true }

func tab(user int, name string) Tab { return Tab{User: cairn.ID(user), Name: name} }

// clock is a time that tests move.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func said(a Around) string {
	return fmt.Sprint(a.InView.People, a.InView.More, a.InIdea.People, a.InIdea.More, a.Editing)
}

func wantAround(t *testing.T, b *Book, of Tab, want string) {
	t.Helper()
	if got := said(b.Around(of, everybody)); got != want {
		t.Errorf("around %v: %s, want %s", of, got, want)
	}
}

// PRES-1 to PRES-3: others at one's own view and idea, each once, with what they
// edit; never the own tabs, never elsewhere.
func TestAround(t *testing.T) {
	b := New(time.Now, func(string) {})
	b.Put(tab(1, "a"), Place{Project: 9, View: 3, Idea: 12})
	b.Put(tab(1, "b"), Place{Project: 9, View: 3})
	b.Put(tab(2, "a"), Place{Project: 9, View: 3, Idea: 12, Field: "f17"})
	b.Put(tab(2, "b"), Place{Project: 9, View: 3})
	b.Put(tab(3, "a"), Place{Project: 9, View: 3, Idea: 13, Field: "title"})
	b.Put(tab(4, "a"), Place{Project: 9, View: 4, Idea: 12})
	b.Put(tab(5, "a"), Place{Project: 9, Idea: 12})
	b.Put(tab(6, "a"), Place{Project: 8, View: 2, Idea: 11, Field: "title"})
	wantAround(t, b, tab(1, "a"), "[2 3] 0 [2 4 5] 0 [{2 12 f17} {3 13 title}]")
	wantAround(t, b, tab(1, "b"), "[2 3] 0 [] 0 [{2 12 f17} {3 13 title}]")
	wantAround(t, b, tab(3, "a"), "[1 2] 0 [] 0 [{2 12 f17}]")
	wantAround(t, b, tab(5, "a"), "[] 0 [1 2 4] 0 [{2 12 f17}]")
	b.Put(tab(2, "a"), Place{})
	wantAround(t, b, tab(1, "a"), "[2 3] 0 [4 5] 0 [{3 13 title}]")
	wantAround(t, b, tab(2, "a"), "[] 0 [] 0 []")
	wantAround(t, b, tab(7, "x"), "[] 0 [] 0 []")
}

// PRES-2, PRES-5: who shows a view hears what is edited in the project, from another
// view too, and that it ends, by whichever way; nobody else is woken by it.
func TestEditingIsHeardInViews(t *testing.T) {
	b := New(time.Now, func(string) {})
	news := make(map[int]<-chan struct{})
	for user, at := range map[int]Place{1: {Project: 9, View: 3}, 2: {Project: 9, Idea: 13}, 3: {Project: 8, View: 4}} {
		changed, close := b.Open(tab(user, "a"))
		defer close()
		b.Put(tab(user, "a"), at)
		news[user] = changed
	}
	woken := func() (users []int) {
		for user := 1; user <= 3; user++ {
			select {
			case <-news[user]:
				users = append(users, user)
			default:
			}
		}
		return users
	}
	woken()
	editor := tab(4, "a")
	for _, step := range []struct {
		what   string
		do     func()
		around string
		woken  string
	}{
		{"looks", func() { b.Put(editor, Place{Project: 9, View: 5}) }, "[] 0 [] 0 []", "[]"},
		{"edits", func() { b.Put(editor, Place{Project: 9, View: 5, Idea: 12, Field: "f17"}) }, "[] 0 [] 0 [{4 12 f17}]", "[1]"},
		{"edits on", func() { b.Put(editor, Place{Project: 9, View: 5, Idea: 12, Field: "f17"}) }, "[] 0 [] 0 [{4 12 f17}]", "[]"},
		{"edits another", func() { b.Put(editor, Place{Project: 9, View: 5, Idea: 12, Field: "title"}) }, "[] 0 [] 0 [{4 12 title}]", "[1]"},
		{"stops", func() { b.Put(editor, Place{Project: 9, View: 5}) }, "[] 0 [] 0 []", "[1]"},
		{"edits again", func() { b.Put(editor, Place{Project: 9, Idea: 12, Field: "f17"}) }, "[] 0 [] 0 [{4 12 f17}]", "[1]"},
		{"is gone with another node", func() { b.Hear(`{"u":4,"t":"a","x":true}`) }, "[] 0 [] 0 []", "[1]"},
	} {
		step.do()
		if got := fmt.Sprint(woken()); got != step.woken {
			t.Errorf("who %s wakes %s, want %s", step.what, got, step.woken)
		}
		wantAround(t, b, tab(1, "a"), step.around)
	}
	if len(b.editing) != 0 || len(b.watching) != 2 {
		t.Errorf("kept %d and %d", len(b.editing), len(b.watching))
	}
}

// PRES-4: who may not see the project is not told, and not told of.
func TestAroundAsksForTheRight(t *testing.T) {
	b := New(time.Now, func(string) {})
	for user := 1; user <= 3; user++ {
		b.Put(tab(user, "a"), Place{Project: 9, View: 3, Idea: 12, Field: "title"})
	}
	but := func(user, project cairn.ID) bool { return project == 9 && user != 2 }
	if got := said(b.Around(tab(1, "a"), but)); got != "[3] 0 [3] 0 [{3 12 title}]" {
		t.Error(got)
	}
	if got := said(b.Around(tab(2, "a"), but)); got != "[] 0 [] 0 []" {
		t.Errorf("who may not is told %s", got)
	}
}

// PRES-5: a tab whose stream ends is gone after a moment, unless it comes back.
func TestLeaving(t *testing.T) {
	b := New(time.Now, func(string) {})
	changed, close := b.Open(tab(1, "a"))
	defer close()
	b.Put(tab(1, "a"), Place{Project: 9, View: 3})
	_, leave := b.Open(tab(2, "a"))
	b.Put(tab(2, "a"), Place{Project: 9, View: 3})
	wantAround(t, b, tab(1, "a"), "[2] 0 [] 0 []")
	leave()
	wantAround(t, b, tab(1, "a"), "[2] 0 [] 0 []")
	_, again := b.Open(tab(2, "a"))
	b.mu.Lock()
	stays := b.tabs[2]["a"].leaving == nil
	b.mu.Unlock()
	if !stays {
		t.Error("who came back is still leaving")
	}
	again()
	deadline := time.After(20 * time.Second)
	for len(b.Around(tab(1, "a"), everybody).InView.People) > 0 {
		select {
		case <-changed:
		case <-deadline:
			t.Fatal("who left is still there")
		}
	}
}

// PRES-6: what one node knows the others hear; a node that is gone is forgotten.
func TestNodes(t *testing.T) {
	at := &clock{time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)}
	var one, two *Book
	alive := true
	one = New(at.now, func(m string) {
		if alive {
			two.Hear(m)
		}
	})
	two = New(at.now, func(m string) { one.Hear(m) })
	_, leave := one.Open(tab(1, "a"))
	one.Put(tab(1, "a"), Place{Project: 9, View: 3})
	// The report of a tab may reach another node than its stream.
	_, leaveOther := two.Open(tab(2, "a"))
	defer leaveOther()
	one.Put(tab(2, "a"), Place{Project: 9, View: 3, Idea: 12, Field: "title"})
	wantAround(t, two, tab(2, "a"), "[1] 0 [] 0 []")
	wantAround(t, one, tab(1, "a"), "[2] 0 [] 0 [{2 12 title}]")

	// A new node asks for what there is.
	late := New(at.now, func(m string) { one.Hear(m); two.Hear(m) })
	two.tell = func(m string) { late.Hear(m) }
	one.tell = func(m string) { late.Hear(m) }
	late.Hear("")
	late.Put(tab(5, "a"), Place{Project: 9, View: 3})
	wantAround(t, late, tab(5, "a"), "[1 2] 0 [] 0 [{2 12 title}]")

	// Held ones stay, told of or not; what a dead node told is forgotten.
	alive = false
	leave()
	at.at = at.at.Add(forgetAfter + time.Second)
	two.Forget()
	wantAround(t, two, tab(2, "a"), "[] 0 [] 0 []")
	if two.tabs[2]["a"] == nil {
		t.Error("a tab whose stream is open was forgotten")
	}
	two.Hear("no message")
	two.Hear(`{"u":2,"t":"a","x":true}`)
	if two.tabs[2]["a"] == nil {
		t.Error("a tab whose stream is open left because another node said so")
	}
}

// PRES-7: people beyond the first fifty are counted, tabs of one person bounded.
func TestBounds(t *testing.T) {
	b := New(time.Now, func(string) {})
	for user := 1; user <= 300; user++ {
		b.Put(tab(user, "a"), Place{Project: 9, View: 3, Idea: 12, Field: "title"})
	}
	around := b.Around(tab(1, "a"), everybody)
	if len(around.InView.People) != MaxPeople || around.InView.More != 299-MaxPeople || len(around.Editing) != MaxPeople {
		t.Errorf("%d people and %d more, %d editing", len(around.InView.People), around.InView.More, len(around.Editing))
	}
	// Those of the own idea come first, whichever it is.
	b.Put(tab(2, "a"), Place{Project: 9, View: 3, Idea: 99, Field: "title"})
	b.Put(tab(1, "a"), Place{Project: 9, View: 3, Idea: 99})
	if first := b.Around(tab(1, "a"), everybody).Editing[0]; first != (Editor{2, 99, "title"}) {
		t.Errorf("the first who edits is %v", first)
	}
	for n := range 5 * maxTabs {
		b.Put(tab(1, fmt.Sprint("t", n)), Place{Project: 9, View: 4})
	}
	if n := len(b.tabs[1]); n != maxTabs {
		t.Errorf("%d tabs of one person are kept, want %d", n, maxTabs)
	}
	if n := len(b.at[4]); n > maxTabs {
		t.Errorf("%d places are kept for them", n)
	}
}
