export function Strips() { return <p>soon</p>; }
