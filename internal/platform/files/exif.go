package files

import (
	"bytes"
	"encoding/binary"
)

// jpegFacts is what the segments before the picture data say that DecodeConfig does not.
type jpegFacts struct {
	turn        int  // EXIF orientation 1–8; 1 where none is given
	progressive bool // its decoder holds every coefficient in memory
}

// readJPEG walks the segments up to the picture data. What it cannot read it passes over: a bad EXIF block spoils no photo.
func readJPEG(b []byte) jpegFacts {
	facts := jpegFacts{turn: 1}
	for i := 2; i+4 <= len(b) && b[i] == 0xFF; {
		mark := b[i+1]
		if mark == 0xFF { // fill byte
			i++
			continue
		}
		if mark == 0xDA || mark == 0xD9 { // picture data, or the end
			return facts
		}
		if mark == 0x01 || mark >= 0xD0 && mark <= 0xD8 { // marks without a length
			i += 2
			continue
		}
		n := int(binary.BigEndian.Uint16(b[i+2:]))
		if n < 2 || i+2+n > len(b) {
			return facts
		}
		body := b[i+4 : i+2+n]
		switch {
		case mark == 0xE1 && facts.turn == 1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")):
			facts.turn = orientation(body[6:])
		case mark == 0xC2:
			facts.progressive = true
		}
		i += 2 + n
	}
	return facts
}

// orientation is tag 0x0112 of the first directory of a TIFF block, 1 where it is missing or senseless.
func orientation(t []byte) int {
	if len(t) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch string(t[:4]) {
	case "II*\x00":
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 1
	}
	at := uint64(order.Uint32(t[4:]))
	if at+2 > uint64(len(t)) {
		return 1
	}
	entries := t[at+2:]
	for range order.Uint16(t[at:]) {
		if len(entries) < 12 {
			return 1
		}
		const short = 3
		if order.Uint16(entries) == 0x0112 && order.Uint16(entries[2:]) == short {
			if v := order.Uint16(entries[8:]); v >= 1 && v <= 8 {
				return int(v)
			}
			return 1
		}
		entries = entries[12:]
	}
	return 1
}
