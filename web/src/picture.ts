// One photo: turned upright, scaled to at most 2560 px, written anew as JPEG, so that place and camera in its EXIF stay on the phone.

/** within gives the size of a w × h picture whose longer side is at most max. */
export function within(w: number, h: number, max: number): [number, number] {
  const k = Math.min(1, max / Math.max(w, h));
  return [Math.max(1, Math.round(w * k)), Math.max(1, Math.round(h * k))];
}

/** shrink returns the photo as a JPEG file, or undefined where the file is no picture that this phone can open. */
export async function shrink(file: File, name: string, max = 2560): Promise<File | undefined> {
  const source = await open(file);
  if (!source) return undefined;
  const [w, h] = within(source.width, source.height, max);
  const canvas = document.createElement('canvas');
  canvas.width = w;
  canvas.height = h;
  const pen = canvas.getContext('2d');
  if (!pen) return undefined;
  pen.fillStyle = '#fff';                                     // a transparent PNG gets white ground, not black
  pen.fillRect(0, 0, w, h);
  pen.drawImage(source, 0, 0, w, h);
  if (source instanceof ImageBitmap) source.close();
  const blob = await new Promise<Blob | null>(done => canvas.toBlob(done, 'image/jpeg', .85));
  return blob ? new File([blob], name, { type: 'image/jpeg' }) : undefined;
}

async function open(file: File): Promise<ImageBitmap | HTMLImageElement | undefined> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return openByElement(file);
  }
}

// Older Safari takes no options for createImageBitmap; an <img> turns the picture upright by itself.
async function openByElement(file: File): Promise<HTMLImageElement | undefined> {
  const url = URL.createObjectURL(file), img = new Image();
  img.src = url;
  try {
    await img.decode();
    return img;
  } catch {
    return undefined;
  } finally {
    URL.revokeObjectURL(url);
  }
}
