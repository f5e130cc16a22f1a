package mail

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"cairn/internal/app"
	"cairn/internal/cairntest"
	"cairn/internal/mail/mailtest"
)

// authority signs certificates; this process trusts it.
var authority = func() *issuer { return newIssuer("Test authority") }()

// TestMain lets the process trust the authority, before it asks for the first time
// whom it trusts.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "mail")
	if err != nil {
		panic(err)
	}
	file := filepath.Join(dir, "roots.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: authority.cert.Raw})
	if err := errors.Join(os.WriteFile(file, block, 0o600), os.Setenv("SSL_CERT_FILE", file)); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

type issuer struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newIssuer(name string) *issuer {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), KeyUsage: x509.KeyUsageCertSign,
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		panic(err)
	}
	cert, err := x509.ParseCertificate(raw)
	if err != nil {
		panic(err)
	}
	return &issuer{cert, key}
}

// config is TLS with a certificate for an address or a name, until a time.
func (i *issuer) config(t *testing.T, name string, until time.Time) *tls.Config {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-2 * time.Hour), NotAfter: until, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if ip := net.ParseIP(name); ip != nil {
		template.IPAddresses = []net.IP{ip}
	} else {
		template.DNSNames = []string{name}
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, i.cert, &key.PublicKey, i.key)
	if err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{raw}, PrivateKey: key}}}
}

func letterTo(to string) app.Mail {
	return app.Mail{
		ID: "1.2.3@cairn.example", Thread: "3.thread@cairn.example", To: to, Name: "Bo Bäcker", Subject: "INS-1 Über\r\nBcc: x@example.com",
		Text: "Hällo\n.\nend\n", HTML: "<p>Hällo</p>", At: time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC),
		ReplyTo: "ideas+r@cairn.example", Unsubscribe: "https://cairn.example/unsubscribe?t=7.abc",
	}
}

func parse(t *testing.T, address string) *Sender {
	t.Helper()
	s, err := Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// MAIL-11: an e-mail travels encrypted to a server that proves who it is, or not
// at all.
func TestSendEncrypted(t *testing.T) {
	later, past := time.Now().Add(time.Hour), time.Now().Add(-time.Hour)
	for _, test := range []struct {
		name   string
		config *tls.Config
		refuse string // part of the error, "" when it is sent
	}{
		{"a good certificate", authority.config(t, "127.0.0.1", later), ""},
		{"no encryption on offer", nil, "STARTTLS"},
		{"nobody's certificate", newIssuer("Nobody").config(t, "127.0.0.1", later), "unknown authority"},
		{"another server's certificate", authority.config(t, "mail.example.com", later), "certificate"},
		{"an old certificate", authority.config(t, "127.0.0.1", past), "expired"},
	} {
		t.Run(test.name, func(t *testing.T) {
			office := mailtest.Open(t, test.config)
			err := parse(t, office.URL("tls=starttls")).Send(t.Context(), letterTo("bo@example.com"))
			all, inClear := office.Tries()
			if test.refuse == "" {
				if err != nil || all != 1 || inClear != 0 {
					t.Errorf("%v; %d e-mails, %d in the clear", err, all, inClear)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), test.refuse) || all != 0 {
				t.Errorf("%v; %d e-mails, want none and an error with %q", err, all, test.refuse)
			}
			var final app.MailRefused
			if errors.As(err, &final) {
				t.Error("it is given up at once; who runs the server may mend it")
			}
		})
	}
}

// MAIL-5 and MAIL-6: what an e-mail looks like on its way.
func TestSentHeaders(t *testing.T) {
	office := mailtest.Open(t, nil)
	if err := parse(t, office.URL("tls=none")).Send(t.Context(), letterTo("bo@example.com")); err != nil {
		t.Fatal(err)
	}
	m := office.Mails()[0]
	for header, want := range map[string]string{
		"From": `"Cairn" <cairn@example.com>`, "To": "=?utf-8?q?Bo_B=C3=A4cker?= <bo@example.com>", "Message-Id": "<1.2.3@cairn.example>",
		"References": "<3.thread@cairn.example>", "In-Reply-To": "<3.thread@cairn.example>", "Reply-To": "<ideas+r@cairn.example>",
		"List-Unsubscribe": "<https://cairn.example/unsubscribe?t=7.abc>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
		"Auto-Submitted": "auto-generated", "Precedence": "bulk", "Date": "Wed, 04 Mar 2026 05:06:07 +0000", "Bcc": "",
	} {
		if got := m.Header.Get(header); !strings.EqualFold(got, want) {
			t.Errorf("%s: %s, want %s", header, got, want)
		}
	}
	if m.Subject() != "INS-1 Über Bcc: x@example.com" || m.Text != "Hällo\n.\nend\n" || m.HTML != "<p>Hällo</p>" || m.To != "bo@example.com" {
		t.Errorf("to %q: %q, %q, %q", m.To, m.Subject(), m.Text, m.HTML)
	}
}

// MAIL-7 and MAIL-8: which answers are final.
func TestRefusals(t *testing.T) {
	office := mailtest.Open(t, nil)
	sender := parse(t, office.URL("tls=none"))
	for _, test := range []struct {
		code  int
		final bool
	}{{421, false}, {450, false}, {451, false}, {452, false}, {550, true}, {552, true}, {554, true}} {
		office.Refuse(&smtp.SMTPError{Code: test.code, EnhancedCode: smtp.EnhancedCode{test.code / 100, 0, 0}, Message: "because of the test"})
		err := sender.Send(t.Context(), letterTo("bo@example.com"))
		var final app.MailRefused
		if err == nil || errors.As(err, &final) != test.final || !strings.Contains(err.Error(), "because of the test") {
			t.Errorf("%d: %v; final %v, want %v", test.code, err, !test.final, test.final)
		}
	}
}

// MAIL-9: a server that takes an e-mail and then hangs up, or answers nonsense to
// the farewell, has taken it; one that hangs up before its answer has not.
func TestHangingUp(t *testing.T) {
	for _, test := range []struct {
		name  string
		rules map[string]string // by the beginning of a command; "" hangs up
		taken bool
	}{
		{"after the answer", map[string]string{"QUIT": "", "RSET": ""}, true},
		{"nonsense at the end", map[string]string{"QUIT": "550 go away", "RSET": "550 no"}, true},
		{"instead of the answer", map[string]string{".": ""}, false},
		{"at once", map[string]string{"EHLO": ""}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := parse(t, "smtp://"+rude(t, test.rules)+"?tls=none&from=cairn@example.com").Send(t.Context(), letterTo("bo@example.com"))
			if (err == nil) != test.taken {
				t.Errorf("%v, want taken: %v", err, test.taken)
			}
			var final app.MailRefused
			if errors.As(err, &final) {
				t.Errorf("it is given up at once: %v", err)
			}
		})
	}
}

// rude is a server for one e-mail that answers some commands in its own way.
func rude(t *testing.T, rules map[string]string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		fmt.Fprint(conn, "220 hello\r\n")
		in := bufio.NewScanner(conn)
		text := false
		for in.Scan() {
			line := in.Text()
			if text && line != "." {
				continue
			}
			text = strings.HasPrefix(line, "DATA")
			answer := "250 ok"
			if text {
				answer = "354 go on"
			}
			for begin, own := range rules {
				if strings.HasPrefix(line, begin) {
					answer = own
				}
			}
			if answer == "" {
				return
			}
			fmt.Fprint(conn, answer+"\r\n")
		}
	}()
	return l.Addr().String()
}

// MAIL-7: who waits no longer is let go, however slow the server is.
func TestSlowServer(t *testing.T) {
	office := mailtest.Open(t, nil)
	defer office.Hold("")()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- parse(t, office.URL("tls=none")).Send(ctx, letterTo("bo@example.com")) }()
	cairntest.Eventually(t, "the e-mail at the server", func() bool { return office.Waiting() == 1 })
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want that it was cancelled", err)
	}
}
