-- How far the Telegram bot has read: what is below was taken and is not taken again. Nothing of who wrote.

create table cyber_telegram (
    bot TEXT PRIMARY KEY,        -- number of the bot, the public part of its token
    last_update BIGINT NOT NULL, -- update_id
    at BIGINT NOT NULL
);
