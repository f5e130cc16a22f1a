package cairn

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// VoteRules bound how people vote with one votes field.
type VoteRules struct {
	// Budget is how many votes each person may give in the project, any number
	// of them to one idea; 0 is DefaultVoteBudget.
	Budget int `json:"budget,omitempty"`
}

// Bounds of voting.
const (
	DefaultVoteBudget = 10
	MaxVoteBudget     = 10_000
	MaxVoteComment    = 500 // characters
)

// VoteBudget returns each person's budget for the field.
func (f *Field) VoteBudget() int {
	if f.Votes == nil || f.Votes.Budget == 0 {
		return DefaultVoteBudget
	}
	return f.Votes.Budget
}

// Vote is what one person gave to one idea.
type Vote struct {
	// Amount is the number of votes, at least 1.
	Amount int `json:"amount"`
	// Comment is one line of why; "" for none.
	Comment string `json:"comment,omitempty"`
	// Own is, while the idea has parts that the person voted for, what they gave
	// to the idea itself.
	Own *Vote `json:"own,omitempty"`
}

// Ballot holds all votes of one person with one votes field. One entity per
// person and field makes the budget a matter of that entity alone.
type Ballot struct {
	ID      ID
	Project ID
	Version int64
	Field   ID
	User    ID
	// Votes by idea.
	Votes map[ID]Vote
}

// Spent is the number of votes that were given.
func (b *Ballot) Spent() int {
	n := 0
	for _, v := range b.Votes {
		n += v.Amount
	}
	return n
}

// Entity returns the ballot's stored form: an attribute per idea, named "i" and
// the idea's id.
func (b *Ballot) Entity() (Entity, error) {
	attrs, err := AttrsOf(struct {
		Field ID `json:"field"`
		User  ID `json:"user"`
	}{b.Field, b.User})
	if err != nil {
		return Entity{}, err
	}
	for idea, v := range b.Votes {
		raw, err := json.Marshal(v)
		if err != nil {
			return Entity{}, err
		}
		attrs.Set(BallotAttr(idea), raw)
	}
	return Entity{ID: b.ID, Kind: KindBallot, Project: b.Project, Version: b.Version, Attrs: attrs}, nil
}

// BallotOf reads a ballot from its stored form.
func BallotOf(e Entity) (Ballot, error) {
	b := Ballot{ID: e.ID, Project: e.Project, Version: e.Version, Votes: make(map[ID]Vote)}
	if err := e.Attrs.Decode(&struct{ Field, User *ID }{&b.Field, &b.User}); err != nil {
		return b, err
	}
	for name, raw := range e.Attrs {
		idea, ok := BallotIdea(name)
		if !ok {
			continue
		}
		var v Vote
		if err := json.Unmarshal(raw, &v); err != nil {
			return b, err
		}
		b.Votes[idea] = v
	}
	return b, nil
}

// BallotAttr names the attribute of a ballot that holds the votes for an idea.
func BallotAttr(idea ID) string { return "i" + idea.String() }

// BallotIdea returns the idea that an attribute of a ballot is about; ok is
// false for its other attributes.
func BallotIdea(attr string) (idea ID, ok bool) {
	digits, found := strings.CutPrefix(attr, "i")
	if !found {
		return 0, false
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	return ID(n), err == nil && n > 0
}

// BallotKey is the key of a person's ballot for a field.
func BallotKey(project, field, user ID) Key {
	return Key{"ballot:" + project.String(), field.String() + ":" + user.String()}
}

// Validate checks the vote itself; the budget is checked where the other votes
// are known.
func (v Vote) Validate(f *Field) error {
	switch {
	case v.Amount < 0:
		return Invalid("amount", "%s: the number of votes is 0 or more, not %d", f.Name, v.Amount)
	case v.Amount > f.VoteBudget():
		return Invalid("amount", "%s: everybody has %d votes; %d are more than that", f.Name, f.VoteBudget(), v.Amount)
	case !utf8.ValidString(v.Comment):
		return Invalid("comment", "%s: the comment is not valid UTF-8", f.Name)
	case utf8.RuneCountInString(v.Comment) > MaxVoteComment:
		return Invalid("comment", "%s: the comment has %d characters; at most %d fit", f.Name, utf8.RuneCountInString(v.Comment), MaxVoteComment)
	}
	return nil
}

func (r *VoteRules) validate(name string) error {
	if r.Budget < 0 || r.Budget > MaxVoteBudget {
		return Invalid("votes.budget", "Field %q: the budget is 1 to %d votes for each person, not %d", name, MaxVoteBudget, r.Budget)
	}
	return nil
}
