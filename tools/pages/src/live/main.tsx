// The live page of a node: its group as it is now, and what happens in it.
import { render } from 'preact';
import '../style.css';
import './live.css';
import { App } from './app';
import { listen } from './source';
import { connection, feed, history, status } from './state';

const place = document.getElementById('app')!;
place.textContent = '';
render(<App />, place);
listen();

// For tests: data rather than pixels.
Object.assign(window, { __viewer: { connection, feed, history, status } });
