package auth

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"cairn"
)

// reference is the published test vector of the argon2 reference implementation
// for "password", "somesalt", t=2, m=64 MiB, p=1.
const reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"

func TestVerify(t *testing.T) {
	h := NewHasher(Recommended(), 2, 10)
	own, err := h.Hash(t.Context(), "correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	accented, err := h.Hash(t.Context(), "Cr\u00e8me br\u00fbl\u00e9e 2026")
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, stored, password string
		match                  bool
	}{
		{"own hash", own, "correct horse battery", true},
		{"wrong password", own, "correct horse batterz", false},
		{"empty password", own, "", false},
		{"reference vector at another cost", reference, "password", true},
		{"reference vector, wrong password", reference, "Password", false},
		{"decomposed accents", accented, "Cre\u0300me bru\u0302le\u0301e 2026", true},
		{"no account", "", "anything at all", false},
		{"no account, empty password", "", "", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			match, err := h.Verify(t.Context(), c.stored, c.password)
			if err != nil || match != c.match {
				t.Errorf("Verify = %v, %v; want %v", match, err, c.match)
			}
		})
	}
}

func TestHashForm(t *testing.T) {
	h := NewHasher(Recommended(), 1, 1)
	seen := map[string]bool{}
	for range 3 {
		s, err := h.Hash(t.Context(), "same password")
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(s, "$argon2id$v=19$m=19456,t=2,p=1$") {
			t.Errorf("the hash %q does not name the intended cost", s)
		}
		if seen[s] {
			t.Error("two hashes of one password are equal: the salt is not random")
		}
		seen[s] = true
		p, err := parsePHC(s)
		if err != nil || p.String() != s {
			t.Errorf("parsePHC(%q) reads back as %q, %v", s, p, err)
		}
	}
}

func TestMalformedHash(t *testing.T) {
	h := NewHasher(Recommended(), 1, 1)
	for _, s := range []string{
		"x", "plain text", "$argon2id$", strings.Replace(reference, "argon2id", "argon2i", 1),
		strings.Replace(reference, "v=19", "v=16", 1), strings.Replace(reference, "m=65536", "m=4294967295", 1),
		strings.Replace(reference, "m=65536", "m=0", 1), strings.Replace(reference, "t=2", "t=0", 1),
		strings.Replace(reference, "t=2", "t=1000000", 1), strings.Replace(reference, "p=1", "p=0", 1),
		strings.Replace(reference, "p=1", "p=1,x=2", 1), strings.Replace(reference, "c29tZXNhbHQ", "!!", 1),
		strings.Replace(reference, "c29tZXNhbHQ", "", 1), reference[:len(reference)-30], reference + "$", "\x00",
	} {
		match, err := h.Verify(t.Context(), s, "password")
		if match || !errors.Is(err, errHash) {
			t.Errorf("Verify(%q) = %v, %v; want a refusal that names the stored hash", s, match, err)
		}
	}
}

func TestHasherBoundsWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := NewHasher(Recommended(), 1, 1)
		h.slots <- struct{}{} // somebody is hashing
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		waited := make(chan error, 1)
		go func() {
			_, err := h.Hash(ctx, "the one in the queue")
			waited <- err
		}()
		synctest.Wait()
		_, err := h.Hash(t.Context(), "one too many")
		tooMany, ok := errors.AsType[*TooMany](err)
		if cairn.CodeOf(err) != cairn.CodeRateLimited || !ok || tooMany.RetryAfter <= 0 {
			t.Errorf("with a full queue Hash returns %v; want rate_limited with a time to wait", err)
		}
		cancel()
		if err := <-waited; !errors.Is(err, context.Canceled) {
			t.Errorf("a caller that left the queue got %v; want the context's error", err)
		}
		if n := h.waiting.Load(); n != 0 {
			t.Errorf("%d callers still count as waiting", n)
		}
	})
}

func FuzzParsePHC(f *testing.F) {
	f.Add(reference)
	f.Add("$argon2id$v=19$m=19456,t=2,p=1$$")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := parsePHC(s)
		if err == nil && p.String() != s {
			t.Errorf("%q was accepted and reads back as %q", s, p)
		}
	})
}

func BenchmarkHash(b *testing.B) {
	h := NewHasher(Recommended(), 1, 1)
	for b.Loop() {
		if _, err := h.Hash(b.Context(), "correct horse battery"); err != nil {
			b.Fatal(err)
		}
	}
}
