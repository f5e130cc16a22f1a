package app

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/auth"
	"cairn/internal/store"
)

// maxDigest is how many notices one e-mail spells out.
const maxDigest = 100

// writeDue writes the e-mails of people whose time has come.
func (a *App) writeDue(ctx context.Context) error {
	keys := store.Range{}
	for {
		list, err := a.store.PrivateRange(ctx, scopeMailDue, keys, hearPage)
		if err != nil {
			return err
		}
		for _, p := range list {
			var due mailDue
			if err := json.Unmarshal(p.Value, &due); err != nil {
				return err
			}
			if due.At.After(a.now()) {
				continue
			}
			if err := a.writeMails(ctx, p.Owner, due); err != nil {
				return err
			}
		}
		if len(list) < hearPage {
			return nil
		}
		keys.From = list[len(list)-1].Key + " "
	}
}

// writeMails puts a person's e-mails into the queue and ends what was due, in
// one step. What was read meanwhile is left out; what came meanwhile is due next.
func (a *App) writeMails(ctx context.Context, user cairn.ID, due mailDue) error {
	u, _ := a.dir.User(user)
	h, err := a.hearingOf(ctx, user)
	if err != nil {
		return err
	}
	if due.Last == 0 { // written before the last one was
		if due.Last, err = a.store.Seq(ctx); err != nil {
			return err
		}
	}
	var notices []cairn.Notice
	if u.Email != "" && !u.Disabled && h.Email != cairn.EmailOff {
		now := a.now()
		if err := a.noticesOf(ctx, person(u), func(n *cairn.Notice) {
			if n.Seq > due.After && n.Seq <= due.Last && !n.Read && n.Open(now) {
				notices = append(notices, *n)
			}
		}); err != nil {
			return err
		}
	}
	slices.Reverse(notices) // as it happened
	mails, err := a.compose(ctx, u, h, notices)
	if err != nil {
		return err
	}
	_, err = a.write(ctx, System("mail"), 0, func(tx store.Tx) error {
		p, ok, err := tx.Private(scopeMailDue, hexID(user))
		if err != nil || !ok {
			return err
		}
		var still mailDue
		if err := json.Unmarshal(p.Value, &still); err != nil || !still.At.Equal(due.At) || still.After != due.After {
			return err // another node wrote them, or the settings changed
		}
		for _, m := range mails {
			job := mailJob{Mail: m.Mail, User: user, Projects: m.projects, Since: tx.Now()}
			if err := putPrivate(tx, store.Private{Scope: scopeMail, Key: mailKey(tx.Now(), m.ID), Owner: user}, job); err != nil {
				return err
			}
		}
		if still.Last <= due.Last {
			return tx.DropPrivate(scopeMailDue, hexID(user))
		}
		next := mailDue{At: h.Due(tx.Now(), a.mailDelay), After: due.Last, Last: still.Last}
		return putPrivate(tx, store.Private{Scope: scopeMailDue, Key: hexID(user), Owner: user}, next)
	})
	return err
}

// composed is an e-mail and the projects that it tells of.
type composed struct {
	Mail
	projects []cairn.ID
}

func projectsOf(notices []cairn.Notice) (out []cairn.ID) {
	for i := range notices {
		if p := notices[i].Project; p != 0 && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// compose writes one e-mail for each thing, or one digest of all of them.
func (a *App) compose(ctx context.Context, u cairn.User, h cairn.Hearing, notices []cairn.Notice) ([]composed, error) {
	if len(notices) == 0 {
		return nil, nil
	}
	stop, err := a.unsubscribeLink(ctx, u.ID)
	if err != nil {
		return nil, err
	}
	last := notices[len(notices)-1].Seq
	if h.Email != cairn.EmailSoon {
		m, err := a.letter(ctx, u, notices, letterEnds{stop: stop})
		m.ID = fmt.Sprintf("%d.%d.digest@%s", u.ID, last, a.mailHost())
		m.Subject = fmt.Sprintf("%s: %s", a.dir.Workspace().Name, a.headline(notices))
		return []composed{{m, projectsOf(notices)}}, err
	}
	var order []cairn.ID
	byTarget := make(map[cairn.ID][]cairn.Notice)
	for _, n := range notices {
		if byTarget[n.Target] == nil {
			order = append(order, n.Target)
		}
		byTarget[n.Target] = append(byTarget[n.Target], n)
	}
	var out []composed
	for _, target := range order {
		list := byTarget[target]
		newest := list[len(list)-1]
		reply, err := a.replyAddress(ctx, u.ID, list)
		if err != nil {
			return nil, err
		}
		m, err := a.letter(ctx, u, list, letterEnds{stop: stop, reply: reply})
		if err != nil {
			return nil, err
		}
		m.ID = fmt.Sprintf("%d.%d.%d@%s", u.ID, newest.Seq, target, a.mailHost())
		m.Thread = fmt.Sprintf("%d.thread@%s", target, a.mailHost())
		m.Subject = strings.TrimSpace(a.noticeKey(&newest) + " " + newest.Title)
		out = append(out, composed{m, projectsOf(list)})
	}
	return out, nil
}

// headline says what matters most of what happened, and of how many other things
// the digest tells.
func (a *App) headline(notices []cairn.Notice) string {
	best := &notices[0]
	things := make(map[cairn.ID]bool)
	for i := range notices {
		n := &notices[i]
		things[n.Target] = true
		if urgency(n) >= urgency(best) {
			best = n
		}
	}
	if len(things) == 1 {
		return a.inShort(best)
	}
	return fmt.Sprintf("%s, and %d more", a.inShort(best), len(things)-1)
}

// urgency weighs a notice: what needs an answer before what only became otherwise,
// and that before what came by the hundred.
func urgency(n *cairn.Notice) int {
	weight := slices.Index([]cairn.NoticeKind{
		cairn.NoticeImported, cairn.NoticeVoices, cairn.NoticeMany, cairn.NoticeCreated, cairn.NoticeChanged, cairn.NoticeDeleted,
		cairn.NoticeEvidence, cairn.NoticeInsight, cairn.NoticeComment, cairn.NoticeMention, cairn.NoticeHookEnded,
	}, n.Kind) * 2
	if n.Reason != "" {
		weight++
	}
	return weight
}

// inShort is a notice in one line: who did what with which thing.
func (a *App) inShort(n *cairn.Notice) string {
	who := a.actorName(n)
	title := n.Title
	if runes := []rune(title); len(runes) > 60 {
		title = strings.TrimRight(string(runes[:59]), " ") + "…"
	}
	what := "“" + title + "”"
	switch n.Kind {
	case cairn.NoticeCreated:
		return who + " added " + what
	case cairn.NoticeDeleted:
		return who + " deleted " + what
	case cairn.NoticeComment:
		return who + " commented on " + what
	case cairn.NoticeMention:
		return who + " mentioned you in " + what
	case cairn.NoticeInsight:
		return who + " added an insight to " + what
	case cairn.NoticeEvidence:
		return who + " changed an insight of " + what
	case cairn.NoticeMany:
		return fmt.Sprintf("%s changed %d ideas in %s", who, n.Count, what)
	case cairn.NoticeImported:
		return fmt.Sprintf("%s imported %d ideas into %s", who, n.Count, what)
	case cairn.NoticeVoices:
		return fmt.Sprintf("%s imported %d insights into %s", who, n.Count, what)
	case cairn.NoticeHookEnded:
		return what + " was paused"
	}
	return who + " changed " + what
}

// actorName is who did what a notice tells of.
func (a *App) actorName(n *cairn.Notice) string {
	if name := a.dir.Name(n.Actor); name != "" {
		return name
	}
	return "Cairn"
}

func (a *App) noticeKey(n *cairn.Notice) string {
	p, ok := a.dir.Project(n.Project)
	if !ok || n.On != cairn.KindIdea || n.Number == 0 {
		return ""
	}
	return cairn.IdeaKey(p.Key, n.Number)
}

// letterEnds are the addresses that end a person's e-mail, and that an answer
// goes to, "" for none.
type letterEnds struct{ stop, reply string }

// letter is the body of an e-mail, as text and as HTML.
func (a *App) letter(ctx context.Context, u cairn.User, notices []cairn.Notice, ends letterEnds) (Mail, error) {
	var text, page strings.Builder
	page.WriteString(`<div style="font:14px/1.5 sans-serif;max-width:40em">`)
	stop := ends.stop
	if ends.reply != "" {
		text.WriteString(answerAbove + "\n\n")
		page.WriteString(`<p style="color:#666;font-size:12px">` + answerAbove + `</p>`)
	}
	more := len(notices) - maxDigest
	notices = byThing(notices)[:min(len(notices), maxDigest)]
	for i := range notices {
		n := &notices[i]
		lines, err := a.noticeLines(ctx, n)
		if err != nil {
			return Mail{}, err
		}
		if i == 0 || notices[i-1].Target != n.Target {
			latest := n
			for j := i; j < len(notices) && notices[j].Target == n.Target; j++ {
				latest = &notices[j]
			}
			link, title := a.noticeLink(latest), strings.TrimSpace(a.noticeKey(latest)+" "+latest.Title)
			fmt.Fprintf(&text, "%s\n%s\n", title, link)
			fmt.Fprintf(&page, `<h3 style="margin:1em 0 0"><a href="%s">%s</a></h3>`, html.EscapeString(link), html.EscapeString(title))
		}
		for _, line := range lines {
			fmt.Fprintf(&text, "  %s\n", line)
			fmt.Fprintf(&page, `<p style="margin:0">%s</p>`, html.EscapeString(line))
		}
		if i+1 == len(notices) || notices[i+1].Target != n.Target {
			text.WriteString("\n")
		}
	}
	if more > 0 {
		fmt.Fprintf(&text, "And %d more: %s/inbox\n\n", more, a.base)
		fmt.Fprintf(&page, `<p><a href="%s/inbox">And %d more</a></p>`, html.EscapeString(a.base), more)
	}
	fmt.Fprintf(&text, "-- \nNo more e-mail: %s\nWhen it comes: %s/settings/hearing\n", stop, a.base)
	fmt.Fprintf(&page, `<p style="color:#666;font-size:12px;margin-top:2em"><a href="%s">No more e-mail</a> · <a href="%s/settings/hearing">When it comes</a></p></div>`,
		html.EscapeString(stop), html.EscapeString(a.base))
	return Mail{To: u.Email, Name: u.Name, Text: text.String(), HTML: page.String(), At: a.now(), Unsubscribe: stop, ReplyTo: ends.reply}, nil
}

// byThing puts notices of one thing behind each other, things in the order in which
// something happened to them first.
func byThing(notices []cairn.Notice) []cairn.Notice {
	first := make(map[cairn.ID]int)
	for i := range notices {
		if _, known := first[notices[i].Target]; !known {
			first[notices[i].Target] = i
		}
	}
	return slices.SortedStableFunc(slices.Values(notices), func(a, b cairn.Notice) int { return cmp.Compare(first[a.Target], first[b.Target]) })
}

// noticeLines say who did what, from what to what, and why.
func (a *App) noticeLines(ctx context.Context, n *cairn.Notice) ([]string, error) {
	who := a.actorName(n)
	did := map[cairn.NoticeKind]string{
		cairn.NoticeCreated: "added it", cairn.NoticeChanged: "changed it", cairn.NoticeDeleted: "deleted it",
		cairn.NoticeComment: "commented", cairn.NoticeMention: "mentioned you", cairn.NoticeInsight: "added an insight",
		cairn.NoticeEvidence:  "changed an insight",
		cairn.NoticeHookEnded: "paused it: " + hookEnded(cairn.HookPause(n.Excerpt)),
		cairn.NoticeMany:      fmt.Sprintf("changed %d ideas", n.Count), cairn.NoticeImported: fmt.Sprintf("imported %d ideas", n.Count),
		cairn.NoticeVoices: fmt.Sprintf("imported %d insights", n.Count),
	}[n.Kind]
	lines := []string{who + " " + did}
	if n.Excerpt != "" && n.Kind != cairn.NoticeHookEnded {
		lines = append(lines, "“"+n.Excerpt+"”")
	}
	words, err := a.ChangeWords(ctx, n)
	for _, c := range words {
		switch {
		case c.Long:
			lines = append(lines, c.Name+" edited")
		case c.Old+c.New == "":
			lines = append(lines, c.Name)
		default:
			lines = append(lines, fmt.Sprintf("%s: %s → %s", c.Name, orNothing(c.Old), orNothing(c.New)))
		}
	}
	if n.Reason != "" {
		lines = append(lines, "Why: "+n.Reason)
	}
	return lines, err
}

// hookEnded says why a webhook was paused.
func hookEnded(why cairn.HookPause) string {
	if why == cairn.HookGone {
		return "its target says that it is gone"
	}
	return "its target took nothing for days"
}

func orNothing(s string) string {
	if s == "" {
		return "nothing"
	}
	return s
}

func (a *App) noticeLink(n *cairn.Notice) string {
	p, _ := a.dir.Project(n.Project)
	switch {
	case n.Kind == cairn.NoticeDeleted:
		return a.base + "/inbox"
	case n.On == cairn.KindHook:
		return a.base + "/settings/webhooks"
	case n.On == cairn.KindIdea:
		return a.base + "/i/" + a.noticeKey(n)
	case n.On == cairn.KindView:
		return a.base + "/p/" + p.Key + "/v/" + n.Target.String()
	case n.On == cairn.KindInsight:
		return a.base + insightPath(p, n.Target)
	}
	return a.base + "/p/" + p.Key
}

// insightPath is where an insight is shown.
func insightPath(home cairn.Project, id cairn.ID) string {
	return "/p/" + home.Key + "/insights?stage=all&insight=" + id.String()
}

// mailHost is the part of message ids after the @.
func (a *App) mailHost() string {
	if u, err := url.Parse(a.base); err == nil && u.Hostname() != "" {
		return u.Hostname()
	}
	return "cairn.invalid"
}

const scopeSecret = "secret" // key: what it signs

// unsubscribeLink is an address that ends a person's e-mail, signed so that
// nobody else can make it.
func (a *App) unsubscribeLink(ctx context.Context, user cairn.ID) (string, error) {
	secret, err := a.signingSecret(ctx)
	if err != nil {
		return "", err
	}
	return a.base + "/unsubscribe?t=" + user.String() + "." + signUnsubscribe(secret, user), nil
}

func signUnsubscribe(secret string, user cairn.ID) string {
	return base64.RawURLEncoding.EncodeToString(sign(secret, "unsubscribe "+user.String()))
}

// sign is what only who knows the secret can say of a text.
func sign(secret, text string) []byte {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// signingSecret returns the workspace's secret for links, made when it is first
// wanted.
func (a *App) signingSecret(ctx context.Context) (secret string, err error) {
	p, ok, err := a.store.Private(ctx, scopeSecret, "links")
	if err != nil {
		return "", err
	}
	if !ok {
		_, err = a.write(ctx, System("mail"), 0, func(tx store.Tx) error {
			var err error
			if p, ok, err = tx.Private(scopeSecret, "links"); err != nil || ok {
				return err
			}
			if p.Value, err = json.Marshal(auth.NewSecret()); err != nil {
				return err
			}
			return tx.PutPrivate(store.Private{Scope: scopeSecret, Key: "links", Value: p.Value})
		})
		if err != nil {
			return "", err
		}
	}
	err = json.Unmarshal(p.Value, &secret)
	return secret, err
}

var errUnsubscribe = cairn.Errorf(cairn.CodeNotFound, "This link is not valid. Sign in and turn e-mail off in your settings")

// Unsubscriber returns whose e-mail a signed link ends.
func (a *App) Unsubscriber(ctx context.Context, token string) (cairn.User, error) {
	id, signature, _ := strings.Cut(token, ".")
	user, err := cairn.ParseID(id)
	if err != nil {
		return cairn.User{}, errUnsubscribe
	}
	secret, err := a.signingSecret(ctx)
	if err != nil {
		return cairn.User{}, err
	}
	u, ok := a.dir.User(user)
	if !ok || !auth.Equal(signature, signUnsubscribe(secret, user)) {
		return cairn.User{}, errUnsubscribe
	}
	return u, nil
}

// Unsubscribe ends the e-mail of the person whom a signed link names.
func (a *App) Unsubscribe(ctx context.Context, token string) error {
	u, err := a.Unsubscriber(ctx, token)
	if err != nil {
		return err
	}
	h, err := a.hearingOf(ctx, u.ID)
	if err != nil || h.Email == cairn.EmailOff {
		return errors.Join(err)
	}
	h.Email = cairn.EmailOff
	return a.putHearing(ctx, System("mail"), u.ID, h)
}
