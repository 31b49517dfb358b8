package catalogue

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// Each case spoils one place of the shipped files; the loader must name it.
func TestSpoiledFilesAreRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ file, old, new, want string }{
		{"duties/safety.yaml", "weekday: 5", "weekdy: 5", "field weekdy not found"},
		{"duties/safety.yaml", "weekday: 5", "weekday: 9", "S8.canteen: rhythm"},
		{"duties/safety.yaml", "code: S8.living", "code: S8.canteen", "duty S8.canteen: key is missing or used twice"},
		{"duties/safety.yaml", "code: S8.living", "code: W7.living", "W7.living: no such mechanism in safety"},
		{"duties/safety.yaml", "form: patrol", "form: walk", `form "walk"`},
		{"duties/safety.yaml", "card: CT", "card: DM", `S8.canteen: card "DM" does not fit`},
		{"duties/safety.yaml", "signers: [worker-rep, member-rep]", "signers: [worker-rep]", "S3.joint: a patrol needs"},
		{"duties/safety.yaml", "mark: U}\n  unverified: true", "mark: U}", "S2.month: marked U without unverified"},
		{"duties/warmth.yaml", "festivals: [spring]", "festivals: [easter]", "W9.spring: rhythm"},
		{"duties/warmth.yaml", "values: [student-aid]", "values: [pupils]", `value "pupils" is unknown`},
		{"duties/warmth.yaml", "who: [group-leader]\n", "who: [boss]\n", `office "boss" is unknown`},
		{"duties/voice.yaml", "en: First-quarter survey", "en: 调研", "duty V1.survey: words need both languages"},
		{"duties/proof.yaml", "en: Article of the month", `en: ""`, "duty H2.news: words need both languages"},
		{"cards/canteen.yaml", "severity: K", "severity: X", `severity "X"`},
		{"cards/canteen.yaml", "type: B", "type: N", "CT01: limit"},
		{"cards/canteen.yaml", "code: CT02", "code: DM02", `item code "DM02"`},
		{"cards/canteen.yaml", "mark: U\n    unverified: true", "mark: U", "CT08: marked U without unverified"},
		{"cards/canteen.yaml", "valid_months: 12", "valid_months: -1", "CT07: valid_months"},
		{"cards/canteen.yaml", `version: "2024.1"`, "version: new", `version "new"`},
		{"cards/living.yaml", "place: living", "place: canteen", "another card"},
		{"clocks.yaml", "amount: 24", "amount: 0", "clock rectify.A: amount 0"},
		{"grades.yaml", "clock: rectify.A", "clock: soon", `no clock "soon"`},
		{"offices.yaml", "held: site", "held: moon", `held "moon"`},
		{"placekinds.yaml", "card: CT", "card: XX", `card "XX" is not a card`},
		{"groups.yaml", "key: sick", "key: women", "group women: key is missing or used twice"},
		{"groups.yaml", "# People", "---\n- {key: more}\n---\n# People", "groups.yaml"},
	} {
		_, err := read(spoil(t, c.file, c.old, c.new))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s, %q: got %v, want %q", c.file, c.new, err, c.want)
		}
	}
}

func TestMissingFileIsRefused(t *testing.T) {
	t.Parallel()
	files := spoil(t, "clocks.yaml", "judge", "judge")
	delete(files, "duties/voice.yaml")
	if _, err := read(files); err == nil || !strings.Contains(err.Error(), "duties/voice.yaml") {
		t.Errorf("got %v, want the missing file's name", err)
	}
}

func spoil(t *testing.T, file, old, with string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(shipped, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := fs.ReadFile(shipped, name)
		files[name] = &fstest.MapFile{Data: b}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	text := string(files[file].Data)
	if !strings.Contains(text, old) {
		t.Fatalf("%s: nothing to spoil at %q", file, old)
	}
	files[file].Data = []byte(strings.Replace(text, old, with, 1))
	return files
}
