// Reads a bundle with golang.org/x/mod/sumdb, an implementation of notes and tiles that is not
// ours: the signature, every entry in the tree, and proofs of inclusion and of growth.
//
//	other_reader FOLDER
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type folder string

func (f folder) read(path string) []byte {
	data, err := os.ReadFile(filepath.Join(string(f), path))
	must(err)
	return data
}

// Tiles stand at tile/L/N here, at tile/H/L/N there.
func (f folder) tile(t tlog.Tile) string {
	return "tile/" + strings.TrimPrefix(t.Path(), "tile/8/")
}

func (f folder) Height() int { return 8 }

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, t := range tiles {
		all = append(all, f.read(f.tile(t)))
	}
	return all, nil
}

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func main() {
	f := folder(os.Args[1])
	key, err := note.NewVerifier(strings.TrimSpace(string(f.read("log.vkey"))))
	must(err)
	opened, err := note.Open(f.read("checkpoint"), note.VerifierList(key))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	tree, err := tlog.ParseTree([]byte("go.sum database tree\n" + lines[1] + "\n" + lines[2] + "\n"))
	must(err)
	hashes := tlog.TileHashReader(tree, f)
	for i := int64(0); i < tree.N; {
		width := tree.N - i
		if width > 256 {
			width = 256
		}
		path := f.tile(tlog.Tile{H: 8, L: 0, N: i / 256, W: int(width)})
		bundle := f.read(strings.Replace(path, "tile/0/", "tile/entries/", 1))
		for ; len(bundle) > 0; i++ {
			end := 2 + (int(bundle[0])<<8 | int(bundle[1]))
			entry := tlog.RecordHash(bundle[2:end])
			bundle = bundle[end:]
			proof, err := tlog.ProveRecord(tree.N, i, hashes)
			must(err)
			must(tlog.CheckRecord(proof, tree.N, tree.Hash, i, entry))
		}
	}
	for old := int64(1); old <= tree.N; old += 41 {
		root, err := tlog.TreeHash(old, hashes)
		must(err)
		proof, err := tlog.ProveTree(tree.N, old, hashes)
		must(err)
		must(tlog.CheckTree(proof, tree.N, tree.Hash, old, root))
	}
	fmt.Println(lines[0], tree.N, tree.Hash)
}
