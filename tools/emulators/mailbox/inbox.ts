import { escapeHtml } from '../shared/html.ts';
import type { Message } from './app.ts';

const STYLE = `
:root { color-scheme: light; font: 16px/1.5 system-ui, sans-serif; color: #1a1f36; background: #f3f5f9; }
body { max-width: 50rem; margin: 0 auto; padding: 1rem; }
details { background: #fff; border: 1px solid #d8dee8; border-radius: 10px; margin: .75rem 0; }
summary { padding: .75rem 1rem; cursor: pointer; } summary span { color: #4f566b; font-size: .9rem; display: block; }
iframe { width: 100%; height: 30rem; border: 0; border-top: 1px solid #d8dee8; background: #fff; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; padding: 1rem; border-top: 1px solid #d8dee8; }
`;

function body( message: Message ): string {
	const text = message.text === '' ? '' : `<pre>${ escapeHtml( message.text ) }</pre>`;
	// No scripts and no origin of ours; links open in a tab of their own.
	const frame = `<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title="The message as HTML" srcdoc="${ escapeHtml( `<base target="_blank">${ message.html }` ) }"></iframe>`;
	return ( message.html === '' ? '' : frame ) + text;
}

function row( message: Message, index: number ): string {
	return `<details${ index === 0 ? ' open' : '' }><summary><strong>${ escapeHtml( message.subject ) }</strong>
<span>To ${ escapeHtml( message.to ) } · <time datetime="${ message.at }">${ message.at.replace( 'T', ' ' ).slice( 0, 19 ) } UTC</time></span></summary>${ body( message ) }</details>`;
}

/** All messages, newest first, for a person to read. */
export function inboxPage( messages: readonly Message[] ): string {
	const list = messages.toReversed().map( row ).join( '\n' );
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sandbox mailbox (${ messages.length })</title><style>${ STYLE }</style></head>
<body><main><h1>Sandbox mailbox</h1><p>Every message that the sandbox's site sends ends here. Nothing leaves this machine.</p>
${ list === '' ? '<p>No messages yet. Buy a picture, then reload this page.</p>' : list }</main></body></html>`;
}
