package mail

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/mail"
	"strings"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // letters in old encodings
	gomessage "github.com/emersion/go-message/mail"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/importer/text"
)

const (
	maxParts       = 200
	maxAttachments = 20
)

// ReadLetter reads an e-mail as it travels (RFC 5322, MIME). What a person can
// read of a broken one is kept; it fails only when nobody is said to have sent it.
func ReadLetter(raw []byte) (app.Letter, error) {
	var out app.Letter
	r, err := gomessage.CreateReader(bytes.NewReader(raw))
	if err != nil && (r == nil || !message.IsUnknownCharset(err)) {
		return out, fmt.Errorf("it cannot be read: %w", err)
	}
	defer r.Close()
	from, err := r.Header.AddressList("From")
	if err != nil || len(from) == 0 {
		return out, errors.New("it says not who sent it")
	}
	out.From = mail.Address{Name: from[0].Name, Address: strings.ToLower(from[0].Address)}
	out.ID, _ = r.Header.MessageID() // none, or none that can be read
	out.Subject, _ = r.Header.Subject()
	out.At, _ = r.Header.Date()
	for _, key := range []string{"Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc"} {
		for fields := r.Header.FieldsByKey(key); fields.Next(); {
			list, err := mail.ParseAddressList(fields.Value())
			if err != nil {
				continue
			}
			for _, a := range list {
				out.To = append(out.To, a.Address)
			}
		}
	}
	out.Automatic = automatic(&r.Header)
	err = readParts(r, &out)
	return out, err
}

// readParts reads the text and what is attached.
func readParts(r *gomessage.Reader, out *app.Letter) error {
	var plain, page []string
	for range maxParts {
		part, err := r.NextPart()
		if part == nil || err != nil && !message.IsUnknownCharset(err) {
			break // the end, or one that is cut off: what was read counts
		}
		media, params, _ := header(part.Header).ContentType()
		name := ""
		if h, ok := part.Header.(*gomessage.AttachmentHeader); ok {
			name, _ = h.Filename()
		}
		if name == "" && media != "" && !strings.HasPrefix(media, "text/") {
			name = nameless(media)
		}
		content, err := io.ReadAll(io.LimitReader(part.Body, maxLetter))
		if err != nil && len(content) == 0 {
			continue
		}
		switch {
		case name != "":
			if len(out.Files) < maxAttachments {
				out.Files = append(out.Files, app.LetterFile{Name: name, Content: content})
			}
		case media == "text/html":
			page = append(page, string(content))
		case strings.HasPrefix(media, "text/") || media == "":
			plain = append(plain, unflowed(string(content), params))
		}
	}
	out.Text = strings.TrimSpace(strings.Join(plain, "\n\n"))
	if out.Text == "" {
		out.Text = text.HTMLToMarkdown(strings.Join(page, "\n"))
	}
	out.Text = strings.ToValidUTF8(strings.ReplaceAll(out.Text, "\x00", ""), "�")
	if len(out.Text) > cairn.MaxLongText {
		out.Text = strings.ToValidUTF8(out.Text[:cairn.MaxLongText], "")
	}
	return nil
}

// header is what parts of both kinds can be asked.
func header(h gomessage.PartHeader) *message.Header {
	switch h := h.(type) {
	case *gomessage.InlineHeader:
		return &h.Header
	case *gomessage.AttachmentHeader:
		return &h.Header
	}
	return &message.Header{}
}

func nameless(media string) string {
	_, kind, _ := strings.Cut(media, "/")
	kind, _, _ = strings.Cut(kind, "+")
	return "attachment." + kind
}

// unflowed joins lines that a program broke only to fit (RFC 3676, 4.2).
func unflowed(s string, params map[string]string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	if !strings.EqualFold(params["format"], "flowed") {
		return s
	}
	gap := " "
	if strings.EqualFold(params["delsp"], "yes") {
		gap = ""
	}
	var out strings.Builder
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimPrefix(line, " ") // stuffed
		if cutLine, flowed := strings.CutSuffix(line, " "); flowed && line != "-- " && !strings.HasPrefix(line, ">") {
			out.WriteString(cutLine + gap)
			continue
		}
		out.WriteString(line + "\n")
	}
	return out.String()
}

// automatic says which sign an e-mail bears of having been written by a program
// (RFC 3834), "" for none.
func automatic(h *gomessage.Header) string {
	if v := strings.ToLower(h.Get("Auto-Submitted")); v != "" && !strings.HasPrefix(v, "no") {
		return "Auto-Submitted: " + v
	}
	switch v := strings.ToLower(strings.TrimSpace(h.Get("Precedence"))); v {
	case "bulk", "junk", "auto_reply":
		return "Precedence: " + v
	}
	for _, key := range []string{"X-Autoreply", "X-Autorespond", "X-Failed-Recipients"} {
		if h.Has(key) {
			return key
		}
	}
	if path := strings.TrimSpace(h.Get("Return-Path")); path == "<>" {
		return "it came back (Return-Path: <>)"
	}
	if media, _, _ := h.ContentType(); media == "multipart/report" {
		return "a delivery report"
	}
	from := strings.ToLower(h.Get("From"))
	for _, who := range []string{"mailer-daemon@", "postmaster@"} {
		if strings.Contains(from, who) {
			return "it is from " + who
		}
	}
	return ""
}
