package app

import (
	"context"
	"encoding/base32"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"cairn"
	"cairn/internal/auth"
)

// replyPrefix begins what stands behind the + of an address for answers.
const replyPrefix = "r."

// answerAbove is the line above which an answer stands. It is quoted below the
// answer, in whatever way the person's program quotes.
const answerAbove = "––– Answer above this line, and it becomes a comment –––"

// maxLocal is the longest part before the @ (RFC 5321, 4.5.3.1.1).
const maxLocal = 64

// replyTo is what an answer by e-mail answers to.
type replyTo struct{ user, target, comment cairn.ID }

func (r replyTo) String() string {
	return fmt.Sprintf("%s.%s.%s", base36(r.user), base36(r.target), base36(r.comment))
}

// replyAddress is where one person answers notices of one thing: signed, so that
// nobody else can make it, and in small letters, as some servers write them.
// It is "" where nothing is taken in, or nothing can be said of it.
func (a *App) replyAddress(ctx context.Context, user cairn.ID, notices []cairn.Notice) (string, error) {
	newest := notices[len(notices)-1]
	local, host, ok := strings.Cut(a.intake.Address, "@")
	if !ok || !talkedAbout(newest.On) || newest.Kind == cairn.NoticeDeleted {
		return "", nil
	}
	to := replyTo{user: user, target: newest.Target}
	for i := range notices {
		if notices[i].Comment != 0 {
			to.comment = notices[i].Comment
		}
	}
	secret, err := a.signingSecret(ctx)
	if err != nil {
		return "", err
	}
	local += "+" + replyPrefix + to.String() + "." + signReply(secret, to)
	if len(local) > maxLocal {
		return "", nil
	}
	return local + "@" + host, nil
}

// talkedAbout reports whether one can comment on such things.
func talkedAbout(kind cairn.Kind) bool {
	return kind == cairn.KindIdea || kind == cairn.KindView || kind == cairn.KindInsight
}

func base36(id cairn.ID) string { return strconv.FormatInt(int64(id), 36) }

func parse36(s string) (cairn.ID, error) {
	n, err := strconv.ParseInt(s, 36, 64)
	if err == nil && n < 0 {
		err = errReply
	}
	return cairn.ID(n), err
}

// signReply is 80 bits, which nobody guesses through a mail server.
func signReply(secret string, to replyTo) string {
	return strings.ToLower(base32.StdEncoding.EncodeToString(sign(secret, "reply "+to.String())[:10]))
}

// readReply reads what stands behind the prefix in an address for answers.
func (a *App) readReply(ctx context.Context, token string) (to replyTo, err error) {
	parts := strings.Split(token, ".")
	if len(parts) != 4 {
		return to, errReply
	}
	for i, id := range []*cairn.ID{&to.user, &to.target, &to.comment} {
		if *id, err = parse36(parts[i]); err != nil {
			return to, errReply
		}
	}
	secret, err := a.signingSecret(ctx)
	if err != nil {
		return to, err
	}
	if !auth.Equal(parts[3], signReply(secret, to)) {
		return to, errReply
	}
	return to, nil
}

var errReply = LetterRefused{"The address that it answers to is none that Cairn gave out"}

// quoted finds where what is answered begins, in mail of people whose program did
// not keep the line: the heading above a quotation, or the block of headers. It is
// compiled when the first one comes: few servers take mail in.
var quoted = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(quotation) })

const quotation = `(?im)^(` +
	`[-_ ]*(original message|ursprüngliche nachricht|message d'origine|mensaje original)[-_ ]*$` +
	`|_{20,}\s*$` +
	`|(on|am|le|el|il|op|den|em)\b[^\n]{5,200}(\n[^\n]{1,120})?:\s*\n+\s*>` +
	`|(from|von|de|da|van): [^\n]+\n(sent|date|gesendet|datum|envoyé|enviado|inviato|verzonden|to|an): )`

// WithoutHistory is what somebody wrote in an answer, without what it answers to
// and without a signature.
func WithoutHistory(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if at := strings.Index(text, "Answer above this line"); at >= 0 {
		text = text[:strings.LastIndexByte("\n"+text[:at], '\n')]
		text = withoutHeading(text)
	} else if at := quoted().FindStringIndex(text); at != nil {
		text = text[:at[0]]
	}
	return WithoutSignature(withoutTail(text))
}

// withoutTail takes quoted and empty lines off the end.
func withoutTail(text string) string {
	lines := strings.Split(text, "\n")
	for len(lines) > 0 {
		last := strings.TrimSpace(lines[len(lines)-1])
		if last != "" && !strings.HasPrefix(last, ">") {
			break
		}
		lines = lines[:len(lines)-1]
	}
	return strings.Join(lines, "\n")
}

// withoutHeading takes off what a mail program puts above a quotation: a last
// paragraph that ends with a colon, or a block of headers.
func withoutHeading(text string) string {
	text = withoutTail(text)
	if at := quoted().FindStringIndex(text); at != nil {
		return text[:at[0]]
	}
	if !strings.HasSuffix(strings.TrimSpace(text), ":") {
		return text
	}
	at := strings.LastIndex(text, "\n\n")
	if paragraph := text[at+1:]; strings.Count(strings.TrimSpace(paragraph), "\n") > 2 || !strings.ContainsAny(paragraph, "0123456789@<") {
		return text
	}
	return text[:max(at, 0)]
}

// WithoutSignature ends a text at the line that begins a signature (RFC 3676, 4.3),
// unless what follows is too long for one.
func WithoutSignature(text string) string {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	for _, mark := range []string{"\n-- \n", "\n--\n"} {
		if at := strings.LastIndex("\n"+text, mark); at >= 0 && strings.Count(text[at:], "\n") <= 12 {
			return strings.TrimSpace(text[:max(at, 0)])
		}
	}
	return text
}
