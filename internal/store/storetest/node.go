package storetest

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn"
	"cairn/internal/store"
)

// testNodes: several stores on one database take turns, each number is given out
// once, and each hears only of its own commits (LOG-2, LOG-8).
func testNodes(t *testing.T, p Place) {
	nodes := []store.Store{p.Open(t), p.Open(t), p.Open(t)}
	const each = 30
	heard := make([][]int64, len(nodes))
	var wg sync.WaitGroup
	for i, s := range nodes {
		s.OnCommit(func(sets []cairn.ChangeSet) {
			for _, set := range sets {
				heard[i] = append(heard[i], set.Seq)
			}
		})
	}
	var shared cairn.ID
	writeAs(t, nodes[0], store.Meta{Project: project, Origin: "0"}, func(tx store.Tx) (err error) {
		shared, err = tx.Create(idea("shared"))
		return err
	})
	for i, s := range nodes {
		for w := range 3 {
			wg.Go(func() {
				for n := range each {
					_, err := s.Write(t.Context(), store.Meta{Project: project, Origin: strconv.Itoa(i)}, func(tx store.Tx) error {
						number, err := tx.Numbers(project, 1)
						if err != nil {
							return err
						}
						e, err := tx.Entity(shared)
						if err != nil {
							return err
						}
						e.Attrs["f1"] = fmt.Append(nil, number)
						if err := tx.Put(e); err != nil {
							return err
						}
						_, err = tx.Create(sourced("node", fmt.Sprintf("%d/%d/%d", i, w, n)))
						return err
					})
					if err != nil {
						t.Errorf("node %d: %v", i, err)
						return
					}
				}
			})
		}
	}
	wg.Wait()
	own := make([][]int64, len(nodes))
	sets := fullLog(t, nodes[0], 0)
	for n, set := range sets {
		i, _ := strconv.Atoi(set.Origin)
		own[i] = append(own[i], set.Seq)
		if n > 0 && string(set.Changes[0].New) != strconv.Itoa(n) {
			t.Errorf("the change set %d got the number %s, want %d", set.Seq, set.Changes[0].New, n)
		}
	}
	if want := 1 + len(nodes)*3*each; len(sets) != want {
		t.Errorf("%d change sets, want %d", len(sets), want)
	}
	for i := range nodes {
		if fmt.Sprint(heard[i]) != fmt.Sprint(own[i]) {
			t.Errorf("node %d heard of %v and wrote %v", i, heard[i], own[i])
		}
	}
}

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

// testChanged: the hint comes soon after another store has written, and not
// after the store's own writes.
func testChanged(t *testing.T, p Place) {
	a, b := p.Open(t), p.Open(t)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	changed := b.Changed()
	if changed != b.Changed() {
		t.Fatal("each call of Changed returns another channel")
	}
	for range 3 {
		want := create(t, a, idea("from a"))
		for {
			select {
			case <-changed:
			case <-ctx.Done():
				t.Fatal("no hint came")
			}
			// A hint may be early, of something before; the log has the truth.
			if _, err := b.Entity(t.Context(), want); err == nil {
				break
			}
		}
	}
}

// childEnv holds the Spec that a child process opens.
const childEnv = "CAIRN_STORETEST_CHILD"

// Child is called first in TestMain. In a process that the suite has started to
// kill it opens the database with open, writes until it dies, and does not
// return; otherwise it does nothing.
func Child(open func(spec string) (store.Store, error)) {
	spec := os.Getenv(childEnv)
	if spec == "" {
		return
	}
	s, err := open(spec)
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	var mu sync.Mutex
	for w := range 6 {
		go func() {
			for n := 0; ; n++ {
				var id cairn.ID
				title := fmt.Sprintf("%d/%d", w, n)
				set, err := s.Write(context.Background(), meta(), func(tx store.Tx) (err error) {
					e := sourced("child", fmt.Sprintf("%d %s", os.Getpid(), title))
					e.Text = strings.Repeat(title, 200)
					id, err = tx.Create(e)
					return err
				})
				mu.Lock()
				if err != nil {
					fmt.Println("error", err)
				} else {
					fmt.Println("ok", set.Seq, id, title) // one write to the pipe
				}
				mu.Unlock()
			}
		}()
	}
	select {}
}

// testKill: what was acknowledged before the process was killed is there when it
// starts again, whole (LOG-17).
func testKill(t *testing.T, p Place) {
	for round := range 3 {
		cmd := exec.Command(os.Args[0], "-test.run=^$")
		cmd.Env = append(os.Environ(), childEnv+"="+p.Spec())
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		acked, enough := map[int64]string{}, 300+150*round
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			seq, rest, found := strings.Cut(strings.TrimPrefix(lines.Text(), "ok "), " ")
			n, err := strconv.ParseInt(seq, 10, 64)
			if !found || err != nil {
				t.Errorf("the child said %q", lines.Text())
				break
			}
			acked[n] = rest
			if len(acked) == enough {
				if err := cmd.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if len(acked) < enough {
			t.Fatalf("the child ended after %d writes", len(acked))
		}
		checkKilled(t, p.Open(t), acked)
	}
}

// checkKilled compares what the child was told with what is there.
func checkKilled(t *testing.T, s store.Store, acked map[int64]string) {
	t.Helper()
	sets := fullLog(t, s, 0)
	found := 0
	for i := range sets {
		set := &sets[i]
		e, ok := store.Applied(cairn.Entity{}, set, set.Changes[0])
		if !ok {
			t.Fatalf("the change set %d cannot be applied", set.Seq)
		}
		if err := same(entity(t, s, e.ID), e); err != nil {
			t.Error(err)
		}
		_, title, _ := strings.Cut(e.Attrs.Text("sourceId"), " ")
		if e.Text != strings.Repeat(title, 200) {
			t.Errorf("the text of %s is cut", title)
		}
		if said, ok := acked[set.Seq]; ok {
			found++
			if want := fmt.Sprintf("%d %s", e.ID, title); said != want {
				t.Errorf("the change set %d is of %s, the child was told %s", set.Seq, want, said)
			}
		}
	}
	if found != len(acked) {
		t.Errorf("%d of %d acknowledged change sets are there", found, len(acked))
	}
	if n := len(scan(t, s, store.Query{})); n != len(sets) {
		t.Errorf("%d entities from %d change sets", n, len(sets))
	}
}
