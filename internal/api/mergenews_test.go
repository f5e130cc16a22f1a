package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cairn/internal/cairntest"
	"cairn/internal/mail/mailtest"
	"cairn/internal/store"
)

// HEAR-21: who watches several ideas that become one gets one notice and one e-mail,
// which name what was merged; taking one out is told of both.
func TestMergeIsToldOnce(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		bob, cy := w.Person("Bob Builder"), w.Person("Cy Clerk")
		for i := range 8 {
			addIdea(w.Admin, fmt.Sprint("Idea ", i+1), nil)
		}
		for _, key := range []string{"INS-1", "INS-2", "INS-3"} {
			bob.Do("PUT", "/ideas/"+key+"/watch", nil).Want(204)
		}
		cy.Do("PUT", "/ideas/INS-2/watch", nil).Want(204)
		wantsMail(bob, "soon")
		heard := func(who *cairntest.Client) (out []string) {
			t.Helper()
			for _, n := range inbox(t, w, who, "open").Notices {
				words := []string{n.Key}
				for _, c := range n.Changes {
					words = append(words, strings.TrimSpace(c.Name+" "+c.Old+c.New))
				}
				out = append(out, strings.Join(words, "; "))
			}
			slices.Sort(out)
			return out
		}
		check := func(who *cairntest.Client, want ...string) {
			t.Helper()
			if got := heard(who); !slices.Equal(got, want) {
				t.Errorf("the notices are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		}

		// What an idea is told apart from is no news.
		w.Admin.Do("PUT", "/ideas/INS-1/unlike/INS-8", nil).Want(200, 204)
		check(bob)

		merge(w.Admin, "INS-1", "INS-2", "INS-3").Want(200)
		const merged = "INS-1; INS-2 Idea 2 merged into it; INS-3 Idea 3 merged into it"
		check(bob, merged)
		check(cy, merged)

		office := mailtest.Open(t, nil)
		posts(t, w, office)
		cairntest.Eventually(t, "the e-mail", func() bool { return len(office.Mails()) > 0 && mailStateOf(w).Waiting == 0 })
		if sent := office.Mails(); len(sent) != 1 || !strings.Contains(sent[0].Text, "  Ada Admin changed it\n  INS-2 Idea 2 merged into it\n  INS-3 Idea 3 merged into it\n") {
			t.Errorf("sent were %d e-mails, the first says\n%s", len(sent), sent[0].Text)
		}

		unmerge(w.Admin, "INS-1", "INS-2").Want(200)
		check(bob, merged, "INS-1; INS-2 Idea 2 taken out of it", "INS-2; It was taken out of INS-1 Idea 1")
		check(cy, merged, "INS-2; It was taken out of INS-1 Idea 1")

		merge(w.Admin, "INS-1", "INS-2", "INS-4", "INS-5", "INS-6", "INS-7", "INS-8").Want(200)
		if got := strings.Join(heard(cy), "\n"); !strings.Contains(got, "INS-7 Idea 7 merged into it; And 1 more merged into it") {
			t.Errorf("of six at once is told\n%s", got)
		}
	})
}
