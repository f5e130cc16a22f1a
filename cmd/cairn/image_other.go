//go:build !linux

package main

// releaseImage does nothing here: the system decides.
func releaseImage() {}
