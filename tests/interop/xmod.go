// xmod FOLDER: verifies the log in FOLDER with golang.org/x/mod (sumdb/note, sumdb/tlog): the code that guards
// Go's checksum database. Exit 0 when everything holds.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var folder string

func check(err error, what string) {
	if err != nil {
		fmt.Printf("rejected: %s: %v\n", what, err)
		os.Exit(1)
	}
}

func read(name string) []byte {
	data, err := os.ReadFile(filepath.Join(folder, name))
	check(err, name)
	return data
}

// x/mod writes tile/8/L/N, tlog-tiles writes tile/L/N.
type tiles struct{}

func (tiles) Height() int                       { return 8 }
func (tiles) SaveTiles([]tlog.Tile, [][]byte)   {}
func (tiles) ReadTiles(list []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, tile := range list {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(folder, "log", path))
		if err != nil {
			return nil, err
		}
		out = append(out, data)
	}
	return out, nil
}

func open(data []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("not a checkpoint of %s", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	hash, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: hash}, err
}

func entries(n, size int64) [][]byte {
	tile := tlog.Tile{H: 8, L: 0, N: n, W: 256}
	if size-n*256 < 256 {
		tile.W = int(size - n*256)
	}
	data := read("log/" + strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1))
	var out [][]byte
	for len(data) > 0 {
		if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
			check(fmt.Errorf("cut short"), "bundle")
		}
		length := int(binary.BigEndian.Uint16(data))
		out = append(out, data[2:2+length])
		data = data[2+length:]
	}
	if len(out) != tile.W {
		check(fmt.Errorf("%d entries for %d", len(out), tile.W), "bundle")
	}
	return out
}

func checkEntries(tree tlog.Tree, reader tlog.HashReader) {
	for n := int64(0); n*256 < tree.N; n++ {
		var indexes []int64
		list := entries(n, tree.N)
		for i := range list {
			indexes = append(indexes, tlog.StoredHashIndex(0, n*256+int64(i)))
		}
		hashes, err := reader.ReadHashes(indexes)
		check(err, fmt.Sprintf("tile %d", n))
		for i, entry := range list {
			if tlog.RecordHash(entry) != hashes[i] {
				check(fmt.Errorf("another hash"), fmt.Sprintf("entry %d", n*256+int64(i)))
			}
		}
	}
}

func checkProof(name string, verifier note.Verifier, newest tlog.Tree, reader tlog.HashReader) {
	head, signed, found := bytes.Cut(read(name), []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
		check(fmt.Errorf("form"), name)
	}
	tree, err := open(signed, verifier)
	check(err, name)
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	check(err, name)
	var proof tlog.RecordProof
	for _, line := range lines[2:] {
		raw, err := base64.StdEncoding.DecodeString(line)
		check(err, name)
		var hash tlog.Hash
		copy(hash[:], raw)
		proof = append(proof, hash)
	}
	leaf := read(strings.TrimSuffix(name, ".tlog-proof") + ".leaf")
	check(tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(leaf)), name)
	own, err := tlog.ProveRecord(tree.N, index, reader)
	check(err, name)
	if tree.N == newest.N && fmt.Sprint(own) != fmt.Sprint(proof) {
		check(fmt.Errorf("another proof than x/mod makes"), name)
	}
}

func main() {
	folder = os.Args[1]
	verifier, err := note.NewVerifier(strings.TrimSpace(string(read("vkey"))))
	check(err, "vkey")
	tree, err := open(read("log/checkpoint"), verifier)
	check(err, "checkpoint")
	reader := tlog.TileHashReader(tree, tiles{})
	checkEntries(tree, reader)
	old, _ := filepath.Glob(filepath.Join(folder, "checkpoints", "*"))
	for _, path := range old {
		before, err := open(read("checkpoints/"+filepath.Base(path)), verifier)
		check(err, path)
		proof, err := tlog.ProveTree(tree.N, before.N, reader)
		check(err, path)
		check(tlog.CheckTree(proof, tree.N, tree.Hash, before.N, before.Hash), path)
	}
	proofs, _ := filepath.Glob(filepath.Join(folder, "proofs", "*.tlog-proof"))
	for _, path := range proofs {
		checkProof("proofs/"+filepath.Base(path), verifier, tree, reader)
	}
	fmt.Printf("good: %d entries, %d older checkpoints, %d proofs\n", tree.N, len(old), len(proofs))
}
