package archtest

import (
	"fmt"
	"go/ast"
	"slices"
	"strconv"
	"strings"
)

// Rule is one line of imports.txt.
type Rule struct {
	Line int
	// Pure packages know no I/O, no clock and no goroutines.
	Pure bool
	// Allowed holds packages of this module (Module, "internal/store"), every package below a
	// directory ("internal/...") or external modules ("golang.org/x/text").
	Allowed []string
}

// Rules maps a package path to its line.
type Rules map[string]Rule

// ParseRules reads imports.txt: one line per package, "path: import import …", where the word
// "pure" among the imports forbids I/O, clock and goroutines; "#" starts a comment.
func ParseRules(text string) (Rules, error) {
	rules := Rules{}
	for i, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		if strings.TrimSpace(line) == "" {
			continue
		}
		name, rest, found := strings.Cut(line, ":")
		name = strings.TrimSpace(name)
		if !found || name == "" {
			return nil, fmt.Errorf("%s:%d: want \"package: imports\", found %q", RulesFile, i+1, line)
		}
		if first, twice := rules[name]; twice {
			return nil, fmt.Errorf("%s:%d: %s has a line already, line %d; keep one", RulesFile, i+1, name, first.Line)
		}
		rule := Rule{Line: i + 1}
		for _, word := range strings.Fields(rest) {
			if word == "pure" {
				rule.Pure = true
				continue
			}
			rule.Allowed = append(rule.Allowed, word)
		}
		rules[name] = rule
	}
	return rules, nil
}

// allows tells whether the rule permits an import path that is not in the standard library.
func (r Rule) allows(importPath string) bool {
	name := importPath
	if rest, internal := strings.CutPrefix(importPath, Module+"/"); internal {
		name = rest
	}
	return slices.ContainsFunc(r.Allowed, func(allowed string) bool {
		if prefix, any := strings.CutSuffix(allowed, "/..."); any {
			return strings.HasPrefix(name, prefix+"/")
		}
		if isExternal(allowed) {
			return name == allowed || strings.HasPrefix(name, allowed+"/")
		}
		return name == allowed
	})
}

// isExternal tells an external module by the dot in its first path element (its host).
func isExternal(importPath string) bool {
	first, _, _ := strings.Cut(importPath, "/")
	return strings.Contains(first, ".")
}

// isStandard tells whether an import path belongs to the standard library.
func isStandard(importPath string) bool {
	return !isExternal(importPath) && importPath != Module && !strings.HasPrefix(importPath, Module+"/")
}

// Stale returns the lines of imports.txt whose package does not exist any more.
func Stale(tree Tree, rules Rules) []Problem {
	var problems []Problem
	for name, rule := range rules {
		exists := slices.ContainsFunc(tree.Packages, func(pkg Package) bool { return pkg.Path == name })
		if !exists {
			problems = append(problems, Problem{
				Where:  fmt.Sprintf("%s:%d", RulesFile, rule.Line),
				What:   fmt.Sprintf("there is no package %s", name),
				Remedy: "Delete the line",
			})
		}
	}
	slices.SortFunc(problems, func(a, b Problem) int { return strings.Compare(a.What, b.What) })
	return problems
}

// checkImports compares the imports of a package with its line in imports.txt.
func checkImports(tree Tree, pkg Package, rules Rules) []Problem {
	rule, found := rules[pkg.Path]
	if !found {
		return []Problem{{
			Where:  pkg.Path,
			What:   "the package has no line in " + RulesFile,
			Remedy: fmt.Sprintf("Add \"%s: imports it needs\", or put the code into the package it belongs to", pkg.Path),
		}}
	}
	var problems []Problem
	for _, file := range pkg.Files {
		for _, spec := range file.AST.Imports {
			target := importPath(spec)
			if isStandard(target) || rule.allows(target) {
				continue
			}
			problems = append(problems, Problem{
				Where:  tree.at(spec.Pos()),
				What:   fmt.Sprintf("%s may not import %s", pkg.Path, target),
				Remedy: fmt.Sprintf("Imports go down only: move the code, take an interface, or justify the import on line %d of %s", rule.Line, RulesFile),
			})
		}
	}
	return problems
}

// importPath returns the path of an import without its quotes.
func importPath(spec *ast.ImportSpec) string {
	target, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return spec.Path.Value
	}
	return target
}
