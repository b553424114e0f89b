// One message at a time to the server, and again until it says that it was heard. A message is lost when the connection
// drops under it, or when it reaches a session that is new and does not know the component yet.
// Sent to the browser together with slider_bank.js, range_bank.js and keys.js; messages.py takes each message once.

const SOON = 2000 // milliseconds to the first repetition
const LATE = 10000 // and between later ones, so that a slow server is not flooded
const PAGE = Math.random().toString(36).slice(2) // this load of the page, in the ids of its messages

class Post {
  constructor() {
    this.count = 0
    this.open = null // the message that was not heard yet
  }

  send(message) {
    this.open = { ...message, id: `${PAGE}.${++this.count}` }
    this.repeat(SOON)
  }

  // What the page's run says: the id of the message that was heard last. True if that is the open one. A run that does
  // not know a message of some age comes after a loss.
  answered(id) {
    if (!this.open) return false
    if (id === this.open.id) {
      this.open = null
      this.stop()
      return true
    }
    if (!this.timer || performance.now() - this.sent > SOON) this.repeat(SOON)
    return false
  }

  repeat(wait) {
    this.stop()
    this.sent = performance.now()
    this.timer = setTimeout(() => this.repeat(LATE), wait)
    this.deliver(this.open)
  }

  stop() {
    clearTimeout(this.timer)
    this.timer = null
  }
}
