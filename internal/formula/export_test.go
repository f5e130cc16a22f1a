package formula

import "fmt"

// Canonical parses expr and writes its tree back, once as text and once with
// everything that the tree holds, for comparing trees.
func Canonical(expr string) (text, tree string, ok bool) {
	root, failed := parse(expr)
	if failed != nil {
		return "", "", false
	}
	return printNode(root, func(n *node) string {
		if n.mode == modeBare {
			return n.text
		}
		return "{" + n.text + "}"
	}), dump(root), true
}

func dump(n *node) string {
	s := fmt.Sprintf("(%d %v %q", n.op, n.num, n.text)
	if n.op == opDate {
		s = fmt.Sprintf("(%d %v", n.op, n.num)
	}
	if n.op == opNumber {
		s = fmt.Sprintf("(%d %v", n.op, n.num)
	}
	for _, a := range n.args {
		s += dump(a)
	}
	return s + ")"
}

// Nearest is what a mistyped name is taken for.
func Nearest(name string, candidates []string) string { return nearest(name, candidates) }
