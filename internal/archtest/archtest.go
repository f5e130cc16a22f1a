// Package archtest keeps the shape of the house: it parses the sources of every package and
// checks who imports whom, which packages stay free of I/O, what is documented and how large
// files and functions may grow.
//
// Start reading at Check. The allowed imports are in imports.txt, one line per package.
package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Module is the module path that every internal import starts with.
const Module = "cairn"

// RulesFile is where the allowed imports are written down, relative to the repository root.
const RulesFile = "internal/archtest/imports.txt"

// Problem is one broken rule: where it is, what is wrong and what to do about it.
type Problem struct {
	Where  string // file:line, or a package path
	What   string
	Remedy string
}

// String returns the problem as one line for a test log.
func (p Problem) String() string {
	return fmt.Sprintf("%s: %s. %s", p.Where, p.What, p.Remedy)
}

// File is one parsed Go source file that is neither a test nor generated.
type File struct {
	Path  string // slash-separated, relative to the repository root
	AST   *ast.File
	Lines int
}

// Package is one directory with Go files.
type Package struct {
	Path  string // directory relative to the repository root; Module for the root itself
	Files []File
	// TestOnly says that the directory holds nothing but tests: it needs no line in imports.txt.
	TestOnly bool
}

// Tree is every package of a repository with the positions of its sources.
type Tree struct {
	Packages []Package
	fset     *token.FileSet
}

// skippedDirs are directories that hold no sources of this module.
var skippedDirs = []string{"node_modules", "testdata", "dist", "bin", "data"}

// Load parses every package below the root of fsys. It fails on a file that does not parse.
func Load(fsys fs.FS) (Tree, error) {
	tree := Tree{fset: token.NewFileSet()}
	byDir := map[string]*Package{}
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := path.Base(name)
		if entry.IsDir() {
			if name != "." && (strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || slices.Contains(skippedDirs, base)) {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		dir := packagePath(path.Dir(name))
		if byDir[dir] == nil {
			byDir[dir] = &Package{Path: dir, TestOnly: true}
		}
		if strings.HasSuffix(name, "_test.go") {
			return nil
		}
		byDir[dir].TestOnly = false
		return tree.add(fsys, byDir[dir], name)
	})
	if err != nil {
		return Tree{}, fmt.Errorf("reading the sources: %w", err)
	}
	for _, pkg := range byDir {
		tree.Packages = append(tree.Packages, *pkg)
	}
	slices.SortFunc(tree.Packages, func(a, b Package) int { return strings.Compare(a.Path, b.Path) })
	return tree, nil
}

// add parses one file into pkg; generated files carry no rules and are left out.
func (t *Tree) add(fsys fs.FS, pkg *Package, name string) error {
	src, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	parsed, err := parser.ParseFile(t.fset, name, src, parser.ParseComments)
	if err != nil {
		return err
	}
	if ast.IsGenerated(parsed) {
		return nil
	}
	pkg.Files = append(pkg.Files, File{Path: name, AST: parsed, Lines: strings.Count(string(src), "\n")})
	return nil
}

// at returns "file:line" of a position.
func (t Tree) at(pos token.Pos) string {
	p := t.fset.Position(pos)
	return fmt.Sprintf("%s:%d", p.Filename, p.Line)
}

// packagePath names the package of a directory: Module for the root, else the directory.
func packagePath(dir string) string {
	if dir == "." {
		return Module
	}
	return dir
}

// Check returns every broken rule of one package.
func Check(tree Tree, pkg Package, rules Rules) []Problem {
	if pkg.TestOnly {
		return nil
	}
	problems := checkImports(tree, pkg, rules)
	if rules[pkg.Path].Pure {
		problems = append(problems, checkPure(tree, pkg)...)
	}
	problems = append(problems, checkDocs(tree, pkg)...)
	problems = append(problems, checkSizes(tree, pkg)...)
	return append(problems, checkHabits(tree, pkg)...)
}
