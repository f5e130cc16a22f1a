package githubjson

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"cairn/internal/importer"
)

// issue is an issue as the REST interface writes it, and (second names) as the
// command line tool does.
type issue struct {
	line int

	Number      int64           `json:"number"`
	NodeID      string          `json:"node_id"`
	Title       string          `json:"title"`
	Body        string          `json:"body"`
	State       string          `json:"state"`
	StateReason string          `json:"state_reason"`
	HTMLURL     string          `json:"html_url"`
	URL         string          `json:"url"`
	RepoURL     string          `json:"repository_url"`
	User        *user           `json:"user"`
	Assignee    *user           `json:"assignee"`
	Assignees   []user          `json:"assignees"`
	Labels      []label         `json:"labels"`
	Milestone   *milestone      `json:"milestone"`
	Created     string          `json:"created_at"`
	Updated     string          `json:"updated_at"`
	Closed      string          `json:"closed_at"`
	Reactions   *reactions      `json:"reactions"`
	Comments    json.RawMessage `json:"comments"` // a number, or the comments themselves
	PullRequest json.RawMessage `json:"pull_request"`
	Head        json.RawMessage `json:"head"`
	Base        json.RawMessage `json:"base"`

	Author         *user           `json:"author"`
	CreatedAt      string          `json:"createdAt"`
	UpdatedAt      string          `json:"updatedAt"`
	ClosedAt       string          `json:"closedAt"`
	StateReason2   string          `json:"stateReason"`
	ReactionGroups []reactionGroup `json:"reactionGroups"`
}

type user struct {
	Login string `json:"login"`
}

// label is an object, or in old answers only its name.
type label struct{ Name string }

func (l *label) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &l.Name)
	}
	var o struct {
		Name string `json:"name"`
	}
	err := json.Unmarshal(b, &o)
	l.Name = o.Name
	return err
}

type milestone struct {
	Title  string `json:"title"`
	DueOn  string `json:"due_on"`
	DueOn2 string `json:"dueOn"`
}

type reactions struct {
	Total int `json:"total_count"`
	Up    int `json:"+1"`
}

type reactionGroup struct {
	Content string `json:"content"`
	Users   struct {
		Total int `json:"totalCount"`
	} `json:"users"`
}

type comment struct {
	ID      string `json:"id"`
	Author  *user  `json:"author"`
	Body    string `json:"body"`
	Created string `json:"createdAt"`
}

// pullRequest says whether the element is a pull request, in a list of issues
// or in a list of pull requests.
func (i *issue) pullRequest() bool {
	there := func(raw json.RawMessage) bool { return len(raw) > 0 && string(raw) != "null" }
	return there(i.PullRequest) || there(i.Head) && there(i.Base)
}

func (i *issue) page() string {
	if i.HTMLURL != "" {
		return i.HTMLURL
	}
	if strings.Contains(i.URL, "/issues/") && !strings.HasPrefix(i.URL, "https://api.") {
		return i.URL
	}
	return ""
}

// repository is "owner/name", or "" when the issue does not tell.
func (i *issue) repository() string {
	for _, u := range []string{i.RepoURL, i.HTMLURL, i.URL} {
		_, rest, ok := strings.Cut(u, "://")
		parts := strings.Split(rest, "/")
		if !ok || len(parts) < 3 {
			continue
		}
		if len(parts) > 3 && parts[1] == "repos" {
			return parts[2] + "/" + parts[3]
		}
		if parts[0] != "api.github.com" {
			return parts[1] + "/" + parts[2]
		}
	}
	return ""
}

func (i *issue) key() string {
	if i.Number == 0 {
		return ""
	}
	return i.repository() + "#" + strconv.FormatInt(i.Number, 10)
}

// aliases are the other ways to refer to the issue.
func (i *issue) aliases() []string {
	var out []string
	for _, a := range []string{"#" + strconv.FormatInt(i.Number, 10), i.page(), i.NodeID} {
		if a != "" && a != "#0" && a != i.key() {
			out = append(out, a)
		}
	}
	return out
}

func (i *issue) cells() [][]string {
	out := make([][]string, colRepository+1)
	set := func(col int, values ...string) {
		for _, v := range values {
			if v != "" {
				out[col] = append(out[col], v)
			}
		}
	}
	set(colTitle, i.Title)
	set(colKey, i.key())
	set(colBody, strings.ReplaceAll(i.Body, "\r\n", "\n"))
	set(colState, strings.ToLower(i.State))
	set(colReason, strings.ToLower(first(i.StateReason, i.StateReason2)))
	for _, l := range i.Labels {
		set(colLabels, l.Name)
	}
	for _, a := range i.assigned() {
		set(colAssignees, a)
	}
	set(colCreator, login(i.User), login(i.Author))
	set(colCreated, first(i.Created, i.CreatedAt))
	set(colUpdated, first(i.Updated, i.UpdatedAt))
	set(colClosed, first(i.Closed, i.ClosedAt))
	if i.Milestone != nil {
		set(colMilestone, i.Milestone.Title)
		set(colMilestoneDue, first(i.Milestone.DueOn, i.Milestone.DueOn2))
	}
	if up, all, ok := i.votes(); ok {
		set(colVotes, strconv.Itoa(up))
		set(colReactions, strconv.Itoa(all))
	}
	set(colURL, i.page())
	set(colRepository, i.repository())
	return out
}

// assigned are the logins of the assignees, also of old answers with only one.
func (i *issue) assigned() []string {
	var out []string
	for k := range i.Assignees {
		out = append(out, login(&i.Assignees[k]))
	}
	if len(out) == 0 && i.Assignee != nil {
		out = append(out, login(i.Assignee))
	}
	return out
}

// votes are the 👍 and all reactions; ok is false when the file has none.
func (i *issue) votes() (up, all int, ok bool) {
	if i.Reactions != nil {
		return i.Reactions.Up, i.Reactions.Total, true
	}
	for _, g := range i.ReactionGroups {
		all += g.Users.Total
		if g.Content == "THUMBS_UP" {
			up = g.Users.Total
		}
	}
	return up, all, i.ReactionGroups != nil
}

// commentCount is how many comments the issue has, in the file or not.
func (i *issue) commentCount() int {
	n, err := strconv.Atoi(string(i.Comments))
	if err != nil {
		return len(i.comments())
	}
	return n
}

// comments are those that the file holds.
func (i *issue) comments() []importer.Comment {
	if len(i.Comments) == 0 || i.Comments[0] != '[' {
		return nil
	}
	var list []comment
	if json.Unmarshal(i.Comments, &list) != nil {
		return nil
	}
	out := make([]importer.Comment, 0, len(list))
	for n, c := range list {
		at, err := time.Parse(time.RFC3339, c.Created)
		if err != nil {
			at = time.Time{}
		}
		out = append(out, importer.Comment{SourceID: first(c.ID, fmt.Sprintf("%d", n+1)), At: at.UTC(),
			Author: importer.Person{ID: login(c.Author), Name: login(c.Author)}, Body: strings.ReplaceAll(c.Body, "\r\n", "\n")})
	}
	return out
}

func login(u *user) string {
	if u == nil {
		return ""
	}
	return u.Login
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
