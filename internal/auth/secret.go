package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"strings"
)

// secretBytes is the entropy of every secret: 256 bits cannot be guessed, so
// that a fast hash is enough to store them.
const secretBytes = 32

// TokenPrefix begins every API token, so that people and secret scanners
// recognise one.
const TokenPrefix = "cairn_"

// shownTokenBytes is how much of an API token lists show, TokenPrefix included.
const shownTokenBytes = len(TokenPrefix) + 6

// NewSecret returns a new random secret: 43 characters of base64url.
func NewSecret() string {
	var b [secretBytes]byte
	_, _ = rand.Read(b[:]) // crypto/rand.Read never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// NewToken returns a new API token: TokenPrefix and a secret.
func NewToken() string { return TokenPrefix + NewSecret() }

// ShownToken returns the beginning of an API token, by which a person tells
// their tokens apart.
func ShownToken(token string) string {
	return token[:min(len(token), shownTokenBytes)]
}

// IsToken reports whether s has the form of an API token.
func IsToken(s string) bool {
	rest, ok := strings.CutPrefix(s, TokenPrefix)
	return ok && IsSecret(rest)
}

// IsSecret reports whether s has the form of a secret; what has not need not be
// looked up.
func IsSecret(s string) bool {
	if len(s) != base64.RawURLEncoding.EncodedLen(secretBytes) {
		return false
	}
	_, err := base64.RawURLEncoding.DecodeString(s)
	return err == nil
}

// Hash returns what is stored of a secret or token: its SHA-256 in hex.
func Hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// Equal compares two secrets in a time that tells nothing of where they differ.
func Equal(a, b string) bool {
	return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}
