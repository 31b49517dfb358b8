package org

import (
	"crypto/rand"
	"strings"
)

// codeLetters leaves out what is misread on a wall: 0 O 1 I L.
const codeLetters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

// codeLen gives 31^6 codes, about 900 million.
const codeLen = 6

func newCode() string { return letters(codeLetters, codeLen) }

// letters draws n letters, none likelier than another.
func letters(from string, n int) string {
	out := make([]byte, 0, n)
	for len(out) < n {
		var b [1]byte
		_, _ = rand.Read(b[:]) // never fails since Go 1.24
		if int(b[0]) < 256/len(from)*len(from) {
			out = append(out, from[int(b[0])%len(from)])
		}
	}
	return string(out)
}

// CleanCode undoes what people do to a code when they type it: small letters, blanks, dashes.
func CleanCode(s string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '　' {
			return -1
		}
		return r
	}, s))
}
