/** The ways in which a secret could stand in a text without being seen. */
export function spellingsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    // What base64 makes of it depends on where it begins: three ways, without the characters at the ends that mix.
    ...[0, 1, 2].map((before) => {
      const coded = Buffer.concat([Buffer.alloc(before), bytes])
        .toString('base64')
        .replace(/=+$/, '');
      return coded.slice(before === 0 ? 0 : before + 1, -1);
    }),
  ];
}
