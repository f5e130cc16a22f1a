package mail

import (
	"strings"
	"testing"
)

// crlf writes an e-mail as it travels.
func crlf(lines ...string) []byte { return []byte(strings.Join(lines, "\r\n") + "\r\n") }

const head = "From: Ina May <Ina@Acme.example>\r\nTo: ideas+INS@example.com, Team <team@example.com>\r\nDelivered-To: ideas@example.com\r\n" +
	"Subject: =?utf-8?q?Export_f=C3=BCr_Rechnungen?=\r\nMessage-ID: <1@acme.example>\r\nDate: Fri, 27 Nov 2026 10:00:00 +0100\r\n"

// MAIL-23: what people can read of an e-mail is taken, whatever it is packed in.
func TestReadLetter(t *testing.T) {
	for _, test := range []struct {
		name, rest, text string
		files            []string
	}{
		{"plain", "\r\nWe need an *export*.\r\n", "We need an *export*.", nil},
		{"latin 1", "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nF=FCr Gr=F6=DFen\r\n", "Für Größen", nil},
		{"japanese", "Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n\x1b$BF|K\\\x1b(B\r\n", "日本", nil},
		{"unknown encoding", "Content-Type: text/plain; charset=klingon\r\n\r\nstill there\r\n", "still there", nil},
		{"flowed", "Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\nOne line that \r\ngoes on.\r\nAnother.\r\n", "One line that goes on.\nAnother.", nil},
		{"html", "Content-Type: text/html; charset=utf-8\r\n\r\n<p>We <b>need</b> it</p><script>alert(1)</script>\r\n", "We **need** it", nil},
		{
			"both, with a file", "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n" +
				"--y\r\nContent-Type: text/plain\r\n\r\nplain\r\n--y\r\nContent-Type: text/html\r\n\r\n<p>page</p>\r\n--y--\r\n" +
				"--x\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"a b.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--x--\r\n",
			"plain", []string{"a b.pdf=%PDF"},
		},
		{
			"a picture in the text", "Content-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nlook\r\n" +
				"--x\r\nContent-Type: image/png\r\nContent-ID: <1>\r\n\r\nPNG\r\n--x--\r\n",
			"look", []string{"attachment.png=PNG"},
		},
		{"cut off", "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nhalf of", "half of", nil},
	} {
		got, err := ReadLetter([]byte(head + test.rest))
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		var files []string
		for _, f := range got.Files {
			files = append(files, f.Name+"="+string(f.Content))
		}
		if got.Text != test.text || strings.Join(files, ",") != strings.Join(test.files, ",") {
			t.Errorf("%s: %q with %q, want %q with %q", test.name, got.Text, files, test.text, test.files)
		}
		if got.From.Address != "ina@acme.example" || got.From.Name != "Ina May" || got.Subject != "Export für Rechnungen" || got.ID != "1@acme.example" ||
			strings.Join(got.To, " ") != "ideas@example.com ideas+INS@example.com team@example.com" || got.At.Format("2006-01-02") != "2026-11-27" || got.Automatic != "" {
			t.Errorf("%s: %+v", test.name, got)
		}
	}
	for _, raw := range [][]byte{nil, crlf("Subject: x", "", "y"), crlf("From: nobody", "", "y"), []byte("\x00\xff\x00")} {
		if got, err := ReadLetter(raw); err == nil {
			t.Errorf("%q is read as from %v", raw, got.From)
		}
	}
}

// MAIL-24: what a program wrote is known by its signs.
func TestAutomatic(t *testing.T) {
	for header, want := range map[string]bool{
		"Auto-Submitted: auto-replied": true, "Auto-Submitted: auto-generated": true, "Auto-Submitted: no": false, "Precedence: bulk": true,
		"Precedence: list": false, "X-Autoreply: yes": true, "Return-Path: <>": true, "Return-Path: <a@b.example>": false,
		"Content-Type: multipart/report; boundary=x": true, "X-Mailer: Cairn": false,
	} {
		got, err := ReadLetter([]byte(head + header + "\r\n\r\nx\r\n"))
		if err != nil || (got.Automatic != "") != want {
			t.Errorf("%s: %q, %v", header, got.Automatic, err)
		}
	}
	got, err := ReadLetter(crlf("From: Mail Delivery System <MAILER-DAEMON@example.com>", "", "x"))
	if err != nil || got.Automatic == "" {
		t.Errorf("a mailer daemon: %+v, %v", got, err)
	}
}

func FuzzReadLetter(f *testing.F) {
	f.Add([]byte(head + "\r\nx"))
	f.Add([]byte(head + "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nx\r\n--x--"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if got, err := ReadLetter(raw); err == nil && got.From.Address == "" {
			t.Error("from nobody")
		}
	})
}

// MAIL-25: an address that lacks something says what.
func TestParseBox(t *testing.T) {
	for address, want := range map[string]string{
		"https://x":                                       "looks like imaps://",
		"imap://h?project=INS":                            "looks like imaps://",
		"imaps://u:p@h/Inbox":                             "needs ?address=",
		"imaps://u%40x.example:p@h":                       "needs ?project=",
		"imap://u%40x.example:p@h?tls=no":                 "?tls= is starttls or none",
		"imaps://u:p@h?project=A&address=a%2Bb@x.example": "needs ?address=",
	} {
		if _, _, err := ParseBox(address); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", address, err, want)
		}
	}
	b, in, err := ParseBox("imaps://ideas%40x.example:p%3A@mail.x.example/Feed/back?project=INS&project=OPS")
	if err != nil || b.address != "mail.x.example:993" || b.folder != "Feed/back" || b.password != "p:" || in.Address != "ideas@x.example" || len(in.Projects) != 2 {
		t.Errorf("%+v %+v %v", b, in, err)
	}
}
