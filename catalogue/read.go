package catalogue

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"go.yaml.in/yaml/v3"
)

func read(from fs.FS) (*Catalogue, error) {
	c := &Catalogue{}
	for _, f := range []struct {
		name string
		into any
	}{
		{"measures.yaml", &c.Measures}, {"clocks.yaml", &c.Clocks}, {"grades.yaml", &c.Grades},
		{"major.yaml", &c.Majors}, {"groups.yaml", &c.Groups}, {"offices.yaml", &c.Offices},
		{"placekinds.yaml", &c.PlaceKinds},
	} {
		if err := decode(from, f.name, f.into); err != nil {
			return nil, err
		}
	}
	if err := c.readDuties(from); err != nil {
		return nil, err
	}
	if err := c.readCards(from); err != nil {
		return nil, err
	}
	if err := c.check(); err != nil {
		return nil, fmt.Errorf("catalogue: %w", err)
	}
	return c, nil
}

// readDuties follows the order of the measures, which is the order of the pages.
func (c *Catalogue) readDuties(from fs.FS) error {
	for _, m := range c.Measures {
		var list []Duty
		if err := decode(from, "duties/"+string(m.Key)+".yaml", &list); err != nil {
			return err
		}
		for i := range list {
			list[i].Measure = m.Key
		}
		c.Duties = append(c.Duties, list...)
	}
	return nil
}

func (c *Catalogue) readCards(from fs.FS) error {
	names, err := fs.Glob(from, "cards/*.yaml")
	if err != nil {
		return fmt.Errorf("catalogue: %w", err)
	}
	for _, name := range names {
		var k Card
		if err := decode(from, name, &k); err != nil {
			return err
		}
		c.Cards = append(c.Cards, k)
	}
	return nil
}

// decode refuses fields that no type knows and a second document in the file: a typing error must not pass as "no rule".
func decode(from fs.FS, name string, into any) error {
	b, err := fs.ReadFile(from, name)
	if err != nil {
		return fmt.Errorf("catalogue: %w", err)
	}
	d := yaml.NewDecoder(bytes.NewReader(b))
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("catalogue: %s: %w", name, err)
	}
	if err := d.Decode(&yaml.Node{}); !errors.Is(err, io.EOF) {
		return fmt.Errorf("catalogue: %s: more than one document", name)
	}
	return nil
}
