package graph

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// ID names an entity, a source, a claim or a link. Entities have a readable slug
// that is unique over all kinds and never used again ("ttp"); sources are "s_"
// and a slug; claims "c_" and links "l_" and a hash of their content.
type ID string

// MaxID is the greatest length of an id in bytes.
const MaxID = 160

const (
	sourcePrefix = "s_"
	claimPrefix  = "c_"
	linkPrefix   = "l_"
)

// IsSource reports whether the id is shaped like a source's.
func (id ID) IsSource() bool { return strings.HasPrefix(string(id), sourcePrefix) }

// IsClaim reports whether the id is shaped like a claim's.
func (id ID) IsClaim() bool { return strings.HasPrefix(string(id), claimPrefix) }

// IsLink reports whether the id is shaped like a link's.
func (id ID) IsLink() bool { return strings.HasPrefix(string(id), linkPrefix) }

// slug reports whether s is lower-case letters, digits and single inner hyphens.
func slug(s string) bool {
	if s == "" || len(s) > MaxID || s[0] == '-' || s[len(s)-1] == '-' || strings.Contains(s, "--") {
		return false
	}
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

func (id ID) validEntity() bool { return slug(string(id)) }

func (id ID) validSource() bool {
	s, ok := strings.CutPrefix(string(id), sourcePrefix)
	return ok && slug(s)
}

func (id ID) validClaim() bool {
	s, ok := strings.CutPrefix(string(id), claimPrefix)
	if !ok || len(s) != 26 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '2' || c > '7') {
			return false
		}
	}
	return true
}

var hashText = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// hashID is a prefix and the first 16 bytes of the SHA-256 of data, as 26
// characters of lower-case base 32.
func hashID(prefix string, data []byte) ID {
	sum := sha256.Sum256(data)
	var text [32]byte
	return ID(hashText.AppendEncode(append(text[:0], prefix...), sum[:16]))
}

// LinkKey is the identity of a link: claims with the same key fold into one.
type LinkKey struct {
	Kind           Predicate
	Source, Target ID
	// Discriminator tells links of one kind between the same two nodes apart:
	// the role of a membership, the stage of a charge, the attributor of an
	// attribution.
	Discriminator string
}

// ID is "l_" and a hash of the key.
func (k LinkKey) ID() ID {
	var room [4 * MaxID]byte
	key := append(append(room[:0], k.Kind...), 0)
	key = append(append(key, k.Source...), 0)
	key = append(append(key, k.Target...), 0)
	return hashID(linkPrefix, append(key, k.Discriminator...))
}

// Ordered returns the key with the ends of a symmetric kind in ascending order,
// so that both directions give one link.
func (k LinkKey) Ordered() LinkKey {
	if k.Source > k.Target && k.Kind.Spec().Symmetric {
		k.Source, k.Target = k.Target, k.Source
	}
	return k
}
