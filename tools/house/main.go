// Command house says how much is written and where: lines by floor, engine and mechanism, the longest files and functions, and
// what one more mechanism costs against the budget that budgets.yaml gives it. It exits with 1 when a mechanism is over.
//
//	make house
package main

import (
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

//go:embed budgets.yaml
var budgets []byte

// errOver is the answer when a mechanism costs more than it may.
var errOver = errors.New("a mechanism is over its budget")

func main() {
	root := flag.String("root", ".", "the project's folder")
	flag.Parse()
	if err := run(*root, budgets, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "house:", err)
		os.Exit(1)
	}
}

func run(root string, budgets []byte, out io.Writer) error {
	plan, err := readPlan(budgets)
	if err != nil {
		return err
	}
	files, err := walk(root)
	if err != nil {
		return err
	}
	return report(out, plan, files)
}
