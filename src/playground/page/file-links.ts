/** Where a file opens, for somebody who may open it. */
export function fileUrl(id: string, person: string): string {
  return `/files/${id}?as=${encodeURIComponent(person)}`;
}

const permalink = /^https:\/\/[\w.-]+\.slack\.com\/files\/[UW]\w+\/(F\w+)(?:\/|$)/;

/** A link as it opens here: the one of a file in Slack leads to the file, every other one where it says. */
export function opening(href: string, person: string): string {
  const [, id] = permalink.exec(href) ?? [];
  return id ? fileUrl(id, person) : href;
}
