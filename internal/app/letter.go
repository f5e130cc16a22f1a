package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"time"

	"cairn"
	"cairn/internal/store"
)

// Letter is an e-mail that came in.
type Letter struct {
	// ID is its message id without brackets; "" when it has none.
	ID   string
	From mail.Address
	// To are all addresses that it says it went to.
	To      []string
	Subject string
	// Text is Markdown: what was written, and what it answers to below.
	Text string
	At   time.Time
	// Automatic is why a program wrote it, "" when a person did.
	Automatic string
	Files     []LetterFile
}

// LetterFile is what was attached to an e-mail.
type LetterFile struct {
	Name    string
	Content []byte
}

// LetterBox brings e-mail in.
type LetterBox interface {
	// Collect hands over e-mails as they come until ctx ends.
	Collect(ctx context.Context, into Letters) error
}

// Letters is where e-mail goes.
type Letters interface {
	// Take takes one. What fails stays where it is and is handed over again; a
	// LetterRefused is not.
	Take(ctx context.Context, in Letter) error
	// Trouble says why nothing can be taken now, or why one e-mail was left aside;
	// nil when all is well.
	Trouble(err error)
}

// LetterRefused says why an e-mail is left aside for good.
type LetterRefused struct{ Why string }

// Error implements error.
func (e LetterRefused) Error() string { return e.Why }

// Intake is where e-mail comes in.
type Intake struct {
	// Address is what people write to. With "+KEY" before the @ a letter goes to
	// that project.
	Address string
	// Projects are the keys of those that take letters; the first takes those
	// that name none.
	Projects []string
}

const (
	scopeLetter = "letter" // key: hash of the message id
	keepLetters = 90 * 24 * time.Hour
)

// letterNote is what is kept of a letter: that it was taken, for ever of its
// coming back.
type letterNote struct {
	At      time.Time `json:"at"`
	From    string    `json:"from"`
	Subject string    `json:"subject,omitempty"`
	// Refused is why nothing came of it.
	Refused string `json:"refused,omitempty"`
}

// collect takes e-mail in until the app is closed. Several nodes may do so: each
// letter is taken once.
func (a *App) collect(box LetterBox) {
	if err := box.Collect(a.life, letters{a}); err != nil && a.life.Err() == nil {
		a.logger.Error("no more e-mail is taken in", "err", err)
	}
}

// letters takes what a box hands over.
type letters struct{ app *App }

// Take implements Letters.
func (l letters) Take(ctx context.Context, in Letter) error { return l.app.TakeLetter(ctx, in) }

// Trouble implements Letters.
func (l letters) Trouble(err error) {
	if err == nil {
		l.app.lettersRead.Store(l.app.now().UnixMilli())
	}
	was := l.app.letterTrouble.Swap(&err)
	if err != nil && (was == nil || *was == nil || (*was).Error() != err.Error()) {
		l.app.logger.Warn("e-mail is not taken in", "err", err)
	}
}

// TakeLetter makes a comment of an answer to a notice, and an insight of
// everything else (MAIL-20). A second time is no error and does nothing.
func (a *App) TakeLetter(ctx context.Context, in Letter) error {
	key := letterKey(&in)
	if _, taken, err := a.store.Private(ctx, scopeLetter, key); err != nil || taken {
		return err
	}
	note := letterNote{At: a.now(), From: in.From.Address, Subject: in.Subject}
	err := a.sortLetter(ctx, in, func(tx store.Tx) error { return noteLetter(tx, key, note) })
	switch {
	case errors.Is(err, errTaken):
		return nil
	case err == nil:
		a.logger.Info("took an e-mail in", "from", in.From.Address, "id", in.ID)
		return nil
	case lasting(err):
		note.Refused = err.Error()
		a.logger.Warn("left an e-mail aside", "from", in.From.Address, "id", in.ID, "why", note.Refused)
		_, failed := a.write(ctx, System("mail"), 0, func(tx store.Tx) error { return noteLetter(tx, key, note) })
		if failed != nil && !errors.Is(failed, errTaken) {
			return failed
		}
		return LetterRefused{note.Refused}
	}
	return err
}

// lasting reports whether trying again would end the same way.
func lasting(err error) bool {
	var refused LetterRefused
	if errors.As(err, &refused) {
		return true
	}
	switch cairn.CodeOf(err) {
	case cairn.CodeInternal, cairn.CodeRateLimited, cairn.CodeNoSpace, cairn.CodeUnavailable:
		return false
	}
	return true
}

var errTaken = errors.New("the letter was taken before")

// letterKey tells a letter from others: by its id, or by what it says.
func letterKey(in *Letter) string {
	told := in.ID
	if told == "" {
		told = strings.Join([]string{in.From.Address, in.Subject, in.At.UTC().Format(time.RFC3339), in.Text}, "\x00")
	}
	sum := sha256.Sum256([]byte(told))
	return hex.EncodeToString(sum[:])
}

func noteLetter(tx store.Tx, key string, note letterNote) error {
	if _, taken, err := tx.Private(scopeLetter, key); err != nil || taken {
		return errors.Join(err, errTaken)
	}
	note.Subject = cutText(note.Subject, 200)
	return putPrivate(tx, store.Private{Scope: scopeLetter, Key: key, ExpiresAt: tx.Now().Add(keepLetters)}, note)
}

// sortLetter decides what becomes of a letter and does it, with note in the same
// transaction.
func (a *App) sortLetter(ctx context.Context, in Letter, note func(store.Tx) error) error {
	switch {
	case in.Automatic != "":
		return LetterRefused{"A program wrote it: " + in.Automatic}
	case strings.HasSuffix(in.ID, "@"+a.mailHost()):
		return LetterRefused{"Cairn sent it itself"}
	}
	tag, known := a.letterTag(in.To)
	if token, is := strings.CutPrefix(tag, replyPrefix); is && known {
		return a.takeReply(ctx, in, token, note)
	}
	return a.takeInsight(ctx, in, tag, note)
}

// letterTag returns what stands behind the + in the intake's address; known is
// false when the letter did not go to it at all.
func (a *App) letterTag(to []string) (tag string, known bool) {
	local, host, _ := strings.Cut(strings.ToLower(a.intake.Address), "@")
	for _, address := range to {
		l, h, _ := strings.Cut(strings.ToLower(address), "@")
		base, rest, _ := strings.Cut(l, "+")
		if h != host || base != local {
			continue
		}
		known = true
		if rest != "" {
			return rest, true
		}
	}
	return "", known
}

// takeInsight puts a letter into the inbox of a project (MAIL-21).
func (a *App) takeInsight(ctx context.Context, in Letter, tag string, note func(store.Tx) error) error {
	p, err := a.letterProject(tag)
	if err != nil {
		return err
	}
	i := cairn.Insight{
		Title: cutText(strings.Join(strings.Fields(in.Subject), " "), cairn.MaxTitle), Source: "mail", SourceID: in.ID,
		On: in.At.Format(time.DateOnly), Labels: []string{},
	}
	if in.At.IsZero() || in.At.After(a.now().Add(24*time.Hour)) {
		i.On = "" // today
	}
	i.Person, i.Company = a.evidence.sender(in.From.Address)
	text := WithoutSignature(in.Text)
	if i.Title == "" && strings.TrimSpace(in.Text) == "" {
		if len(in.Files) == 0 {
			return LetterRefused{"It says nothing"}
		}
		i.Title = cutText(in.Files[0].Name, cairn.MaxTitle)
	}
	if i.Person == 0 {
		text = strings.TrimSpace(text + "\n\n— " + in.From.String())
	}
	files, err := a.holdFiles(ctx, in.Files)
	defer files.done()
	if err == nil {
		i.Note = strings.TrimSpace(cutText(text, cairn.MaxLongText-len(files.refused)) + files.refused)
		by := System("mail")
		by.also = note
		_, err = a.AddInsights(ctx, by, p.ID, []NewInsight{{Insight: i, Files: files.held}})
	}
	if err != nil { // tried again, or taken by another node: the files come with that
		for _, f := range files.held {
			err = errors.Join(err, a.store.DropBlob(context.WithoutCancel(ctx), f.Blob))
		}
	}
	return err
}

// heldFiles are files whose contents are stored for the write that will speak of
// them.
type heldFiles struct {
	held []cairn.File
	// refused names the others, with the reasons.
	refused string
	dones   []func()
}

func (h *heldFiles) done() {
	for _, done := range h.dones {
		done()
	}
}

// holdFiles stores what came with a letter. What may not be kept does not keep
// the letter from its place; an error says that nothing can be stored now.
func (a *App) holdFiles(ctx context.Context, files []LetterFile) (out heldFiles, err error) {
	for _, one := range files {
		f, done, err := a.takeFile(ctx, NewFile{Name: one.Name, Content: bytes.NewReader(one.Content)})
		out.dones = append(out.dones, done)
		switch {
		case err == nil:
			out.held = append(out.held, f)
		case lasting(err):
			out.refused += "\n\n" + notKept(one, err)
		default:
			return out, err
		}
	}
	return out, nil
}

// notKept names a file of a letter that was not kept.
func notKept(f LetterFile, why error) string {
	return fmt.Sprintf("(%s was not kept: %s)", cutText(f.Name, 200), why.Error())
}

// letterProject is where a letter goes: to the project that its address names,
// else to the first that takes letters.
func (a *App) letterProject(tag string) (cairn.Project, error) {
	if len(a.intake.Projects) == 0 {
		return cairn.Project{}, LetterRefused{"No project takes e-mail: name one with ?project= in --imap"}
	}
	wanted := a.intake.Projects[0]
	if tag != "" {
		wanted = ""
		for _, key := range a.intake.Projects {
			if strings.EqualFold(key, tag) {
				wanted = key
			}
		}
		if wanted == "" {
			return cairn.Project{}, LetterRefused{fmt.Sprintf("No project that takes e-mail has the key %s", cutText(tag, 40))}
		}
	}
	p, ok := a.dir.ProjectByKey(strings.ToUpper(wanted))
	if !ok {
		return p, LetterRefused{fmt.Sprintf("There is no project with the key %s", wanted)}
	}
	return p, nil
}

// takeReply makes a comment of an answer to a notice (MAIL-22).
func (a *App) takeReply(ctx context.Context, in Letter, token string, note func(store.Tx) error) error {
	to, err := a.readReply(ctx, token)
	if err != nil {
		return err
	}
	u, ok := a.dir.User(to.user)
	if !ok || u.Disabled || !strings.EqualFold(u.Email, in.From.Address) {
		return LetterRefused{"It answers a notice to somebody else than " + in.From.Address}
	}
	by := person(u)
	by.Origin, by.also = "mail", note
	body := cutText(WithoutHistory(in.Text), cairn.MaxLongText)
	if strings.TrimSpace(body) == "" && len(in.Files) == 0 {
		return LetterRefused{"It says nothing above what it answers to"}
	}
	on, err := a.aboutReply(ctx, to)
	if err != nil {
		return err
	}
	kept, lines, err := a.keepFiles(ctx, person(u), on, in.Files)
	if err == nil {
		body = strings.TrimSpace(strings.Join(append([]string{body}, lines...), "\n\n"))
		_, err = a.AddComment(ctx, by, on, NewComment{Body: body, ReplyTo: to.comment})
	}
	if err != nil { // tried again, or taken by another node: the files come with that
		for _, id := range kept {
			err = errors.Join(err, a.DeleteFile(context.WithoutCancel(ctx), person(u), id))
		}
	}
	return err
}

// aboutReply tells what is answered: an idea, a view or an insight.
func (a *App) aboutReply(ctx context.Context, to replyTo) (About, error) {
	e, err := a.store.Entity(ctx, to.target)
	if err != nil {
		return About{}, err
	}
	return About{Kind: e.Kind, ID: e.ID}, nil
}

// keepFiles attaches what came with an answer and returns what stands in the
// comment for it. What may not be attached is named with the reason, and does not
// keep the answer from its place.
func (a *App) keepFiles(ctx context.Context, by Caller, on About, files []LetterFile) (kept []cairn.ID, lines []string, err error) {
	by.Origin = "mail"
	for _, f := range files {
		made, err := a.AttachFile(ctx, by, on, NewFile{Name: f.Name, Content: bytes.NewReader(f.Content)})
		switch {
		case err == nil:
			kept, lines = append(kept, made.ID), append(lines, fileLink(&made))
		case lasting(err):
			lines = append(lines, notKept(f, err))
		default:
			return kept, nil, err
		}
	}
	return kept, lines, nil
}

// fileLink shows or names an attached file in Markdown.
func fileLink(f *cairn.File) string {
	link := "[" + strings.NewReplacer("[", "(", "]", ")", "\\", "").Replace(f.Name) + "](cairn:file/" + f.ID.String() + ")"
	if f.Inline() {
		return "!" + link
	}
	return link
}

func cutText(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "")
}
