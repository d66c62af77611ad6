import type { Upload } from '../protocol.ts';

/** A chosen file as it goes to the workspace. @throws DOMException when it cannot be read */
export function readUpload(file: File): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const [, content = ''] = String(reader.result).split(',');
      resolve({ name: file.name, mimetype: file.type || 'application/octet-stream', content });
    };
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
