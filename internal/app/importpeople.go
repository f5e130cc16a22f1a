package app

import (
	"strings"

	"cairn"
	"cairn/internal/importer"
)

// importPeople finds the people that a file names among those of the workspace.
type importPeople struct {
	policy cairn.PeoplePolicy
	known  map[string]*importPerson
	// fresh are those who are to be added, in the order of the file.
	fresh []*importPerson
}

// importPerson is somebody that a file names. The id is 0 until they are added.
type importPerson struct {
	id          cairn.ID
	name, email string
}

// load takes over who is there. Of several people with one name the one with an
// account comes first.
func (p *importPeople) load(users []cairn.User) {
	for _, placeholder := range []bool{false, true} {
		for _, u := range users {
			if u.Placeholder != placeholder {
				continue
			}
			who := &importPerson{id: u.ID, name: u.Name, email: u.Email}
			for _, key := range []string{u.Email, strings.ToLower(u.Name)} {
				if _, taken := p.known[key]; key != "" && !taken {
					p.known[key] = who
				}
			}
		}
	}
}

// find returns who is meant, nil when they are unknown and stay so: the policy
// leaves them out, or what names them is no name.
func (p *importPeople) find(in importer.Person) *importPerson {
	email, _ := cairn.CleanEmail(in.Email) // "" when it is none
	name := in.Name
	if name == "" && email != "" {
		name, _, _ = strings.Cut(email, "@")
	}
	if name == "" {
		name = in.ID
	}
	name, err := cairn.CleanName(strings.ToValidUTF8(strings.ReplaceAll(name, "\x00", ""), ""))
	if err != nil {
		return nil
	}
	for _, key := range []string{email, strings.ToLower(name)} {
		if who, ok := p.known[key]; ok && key != "" {
			return who
		}
	}
	if p.policy == cairn.PeopleSkip {
		return nil
	}
	who := &importPerson{name: strings.Clone(name), email: strings.Clone(email)}
	p.known[strings.ToLower(who.name)] = who
	if email != "" {
		p.known[who.email] = who
	}
	p.fresh = append(p.fresh, who)
	return who
}
