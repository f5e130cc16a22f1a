package api_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// votesField adds a votes field with a budget of 5 and returns its reference.
func votesField(w *cairntest.World) string {
	return w.Admin.Do("POST", "/projects/INS/fields", map[string]any{
		"name": "Votes", "type": "votes", "votes": map[string]any{"budget": 5},
	}).Want(201).Map()["ref"].(string)
}

func vote(c *cairntest.Client, idea, field string, amount int) *cairntest.Answer {
	return c.Do("PUT", "/ideas/"+idea+"/votes/"+field, map[string]any{"amount": amount, "comment": "because"})
}

// VOTE-1 to VOTE-5: the budget, the sum, and who gave what.
func TestVotes(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		f := votesField(w)
		addIdea(w.Admin, "One", nil)
		addIdea(w.Admin, "Two", nil)
		bob := w.Person("Bob Builder")
		seq := position(t, w)
		if got := vote(w.Admin, "INS-1", f, 3).Want(200).Map(); got["spent"] != 3.0 || got["budget"] != 5.0 {
			t.Errorf("after three votes: %v, want 3 of 5 spent", got)
		}
		if got := strings.Join(changesSince(t, w, seq), " "); got != "ballot." {
			t.Errorf("changes of a first vote: %s, want a new ballot", got)
		}
		vote(bob, "INS-1", f, 5).Want(200)
		if sum := value(bob, "INS-1", f); sum != "8" {
			t.Errorf("the idea has %s votes, want 8", sum)
		}
		// Over the budget: nothing changes, and the answer says what is left.
		refused := vote(w.Admin, "INS-2", f, 3).Want(422)
		if !strings.Contains(string(refused.Raw), "2 of 5") {
			t.Errorf("refusal does not say what is left: %s", refused.Raw)
		}
		vote(w.Admin, "INS-2", f, 2).Want(200)
		vote(w.Admin, "INS-1", f, 4).Want(422)
		vote(w.Admin, "INS-1", f, 6).Want(422)
		vote(w.Admin, "INS-1", f, -1).Want(422)
		// Fewer votes free the rest.
		vote(w.Admin, "INS-1", f, 0).Want(200)
		vote(bob, "INS-1", f, 0).Want(200)
		if sum := value(bob, "INS-1", f); sum != "0" {
			t.Errorf("the idea has %s votes after all were taken back, want 0", sum)
		}
		vote(w.Admin, "INS-2", f, 5).Want(200)
		var votes struct {
			Votes []struct {
				User   int64
				Amount int
			}
		}
		bob.Do("GET", "/ideas/INS-2/votes", nil).Want(200).Into(&votes)
		if len(votes.Votes) != 1 || votes.Votes[0].Amount != 5 {
			t.Errorf("votes of INS-2: %+v, want five by one person", votes.Votes)
		}
		var mine struct{ Ballots []struct{ Spent, Budget int } }
		w.Admin.Do("GET", "/projects/INS/votes", nil).Want(200).Into(&mine)
		if len(mine.Ballots) != 1 || mine.Ballots[0].Spent != 5 || mine.Ballots[0].Budget != 5 {
			t.Errorf("own ballots: %+v, want 5 of 5 spent", mine.Ballots)
		}
	})
}

// VOTE-6: votes go with the idea, and come back with it.
func TestVotesOfADeletedIdea(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		f := votesField(w)
		addIdea(w.Admin, "One", nil)
		addIdea(w.Admin, "Two", nil)
		vote(w.Admin, "INS-1", f, 5).Want(200)
		w.Admin.With("Cairn-Group", "gone").Do("DELETE", "/ideas/INS-1", nil).Want(204)
		vote(w.Admin, "INS-2", f, 5).Want(200)
		vote(w.Admin, "INS-2", f, 0).Want(200)
		w.Admin.Do("POST", "/undo", map[string]any{"group": "gone"}).Want(200)
		if sum := value(w.Admin, "INS-1", f); sum != "5" {
			t.Errorf("the restored idea has %s votes, want 5", sum)
		}
	})
}

// VOTE-7: only who takes part in the project votes, and only once for what exists.
func TestWhoMayVote(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	fields := project(t, w)
	f := votesField(w)
	addIdea(w.Admin, "Secret plan", nil)
	outsider, viewer, contributor := w.Person("Olga Outside"), w.Person("Vic Viewer"), w.Person("Connie Contributor")
	w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
	for c, role := range map[*cairntest.Client]string{viewer: "viewer", contributor: "contributor"} {
		w.Admin.Do("PUT", fmt.Sprintf("/projects/INS/members/%d", c.ID), map[string]any{"role": role}).Want(200, 201, 204)
	}
	for _, path := range []string{"/ideas/INS-1/votes", "/projects/INS/votes"} {
		outsider.Do("GET", path, nil).Want(404)
		w.Anonymous().Do("GET", path, nil).Want(401)
		viewer.Do("GET", path, nil).Want(200)
	}
	vote(outsider, "INS-1", f, 1).Want(404)
	vote(w.Anonymous(), "INS-1", f, 1).Want(401)
	vote(viewer, "INS-1", f, 1).Want(403)
	vote(contributor, "INS-1", f, 1).Want(200)
	vote(contributor, "INS-1", fields["Impact"], 1).Want(422)
	vote(contributor, "INS-1", "f999999", 1).Want(404)
	// The sum is nobody's to set, and the field's type stays.
	w.Admin.Do("PATCH", "/ideas/INS-1", map[string]any{"values": map[string]any{f: 7}}).Want(422)
	w.Admin.Do("POST", "/fields/"+strings.TrimPrefix(f, "f")+"/retype", map[string]any{"type": "number"}).Want(422)
	w.Admin.Do("POST", "/fields/"+strings.TrimPrefix(fields["Impact"], "f")+"/retype", map[string]any{"type": "votes"}).Want(422)
	// An archived idea takes no more votes, but gives them back.
	w.Admin.Do("PATCH", "/ideas/INS-1", map[string]any{"archived": true}).Want(200)
	vote(contributor, "INS-1", f, 2).Want(409)
	vote(contributor, "INS-1", f, 0).Want(200)
}
