// Package auth knows how people and programs prove who they are: password
// hashes, random secrets, sign-in limits and the session cookie. It stores
// nothing; the use cases in internal/app decide what is kept and for how long.
//
// Start at Hasher for passwords, NewSecret for everything that is random, and
// Limiter for what slows down guessing.
package auth
